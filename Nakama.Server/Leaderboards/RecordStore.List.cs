using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Leaderboards;

public sealed partial class RecordStore
{
    private const string OwnersSql = $"""
        SELECT {RecordRow.Columns} FROM leaderboard_record
        WHERE leaderboard_id = $1 AND expiry_time = $2 AND owner_id = ANY ($3)
        """;

    // Reads from a position in ascending or descending score order; the index of the records serves both.
    private static readonly string UpSql = PageSql(from: "", order: "");
    private static readonly string DownSql = PageSql(from: "", order: " DESC");
    private static readonly string UpFromSql = PageSql(from: ">", order: "");
    private static readonly string DownFromSql = PageSql(from: "<", order: " DESC");

    /// <summary>The position of a record in the order of scores.</summary>
    internal readonly record struct Place(long Score, long Subscore, Guid OwnerId);

    /// <summary>Up to <paramref name="count"/> records after a position, or from the beginning.</summary>
    /// <param name="isUp">Whether scores ascend from one record to the next.</param>
    internal ValueTask<List<RecordRow>> PageAsync(
        string leaderboardId, long expiry, Place? from, bool isUp, int count, CancellationToken cancellationToken) =>
        database.RetryAsync((leaderboardId, expiry, from, isUp, count), static async (connection, state, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(SqlOf(state.from is not null, state.isUp));
            AddPage(command.Parameters, state.leaderboardId, state.expiry, state.from, state.count);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            return await ReadAsync(row, state.count, cancellationToken);
        }, cancellationToken);

    /// <summary>The records on both sides of a position, the nearest first, up to <paramref name="count"/> on each.</summary>
    internal ValueTask<(List<RecordRow> Up, List<RecordRow> Down)> AroundAsync(
        string leaderboardId, long expiry, Place place, int count, CancellationToken cancellationToken) =>
        database.RetryAsync((leaderboardId, expiry, place, count), static async (connection, state, cancellationToken) =>
        {
            await using var batch = new NpgsqlBatch(connection);
            foreach (var isUp in (ReadOnlySpan<bool>)[true, false])
            {
                var command = new NpgsqlBatchCommand(SqlOf(isFrom: true, isUp));
                AddPage(command.Parameters, state.leaderboardId, state.expiry, state.place, state.count);
                batch.BatchCommands.Add(command);
            }

            await using var row = await batch.ExecuteReaderAsync(cancellationToken);
            var up = await ReadAsync(row, state.count, cancellationToken);
            await row.NextResultAsync(cancellationToken);
            return (up, await ReadAsync(row, state.count, cancellationToken));
        }, cancellationToken);

    /// <summary>The existing records of the given owners, in no particular order.</summary>
    internal ValueTask<List<RecordRow>> OfOwnersAsync(
        string leaderboardId, long expiry, Guid[] ownerIds, CancellationToken cancellationToken) =>
        database.RetryAsync((leaderboardId, expiry, ownerIds), static async (connection, state, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(OwnersSql);
            command.Parameters.AddText(state.leaderboardId);
            command.Parameters.Add(Time(state.expiry));
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = state.ownerIds });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            return await ReadAsync(row, state.ownerIds.Length, cancellationToken);
        }, cancellationToken);

    private static string PageSql(string from, string order) => $"""
        SELECT {RecordRow.Columns} FROM leaderboard_record
        WHERE leaderboard_id = $1 AND expiry_time = $2 {(from.Length == 0 ? "" : $"AND (score, subscore, owner_id) {from} ($4, $5, $6)")}
        ORDER BY score{order}, subscore{order}, owner_id{order} LIMIT $3
        """;

    private static string SqlOf(bool isFrom, bool isUp) => (isFrom, isUp) switch
    {
        (false, true) => UpSql,
        (false, false) => DownSql,
        (true, true) => UpFromSql,
        (true, false) => DownFromSql,
    };

    private static void AddPage(NpgsqlParameterCollection parameters, string leaderboardId, long expiry, Place? from, int count)
    {
        parameters.AddText(leaderboardId);
        parameters.Add(Time(expiry));
        parameters.Add(new NpgsqlParameter<long> { TypedValue = count });
        if (from is not { } place) return;
        parameters.Add(new NpgsqlParameter<long> { TypedValue = place.Score });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = place.Subscore });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = place.OwnerId });
    }

    private static async ValueTask<List<RecordRow>> ReadAsync(NpgsqlDataReader row, int count, CancellationToken cancellationToken)
    {
        var rows = new List<RecordRow>(Math.Min(count, 1001));
        while (await row.ReadAsync(cancellationToken)) rows.Add(RecordRow.Read(row));
        return rows;
    }
}
