using Nakama.Server.Database;
using Nakama.Server.Leaderboards;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Tournaments;

/// <summary>Tournament definitions and participant counts in the database.</summary>
public sealed class TournamentStore(NpgsqlDataSource database)
{
    private const int DefaultMaxNumScore = 1_000_000;

    private const string InsertSql = $"""
        INSERT INTO leaderboard (
            id, authoritative, sort_order, operator, reset_schedule, metadata, enable_ranks, category, description, title,
            duration, start_time, end_time, join_required, max_size, max_num_score)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, COALESCE($12, now()), $13, $14, $15, $16)
        ON CONFLICT (id) DO NOTHING
        RETURNING {LeaderboardStore.Columns}
        """;

    private const string DeleteSql = $"{ResetClaims.WithForgotten} DELETE FROM leaderboard WHERE id = $1 AND duration > 0";

    private const string SizesSql = "SELECT id, size FROM leaderboard WHERE id = ANY ($1)";

    private const string EnterSql = "UPDATE leaderboard SET size = size + 1 WHERE id = $1 AND size < max_size";

    private const string LeaveSql = "UPDATE leaderboard SET size = size - 1 WHERE id = $1 AND size > 0";

    private const string SizeSql = "SELECT size FROM leaderboard WHERE id = $1";

    private const string RecountSql = """
        UPDATE leaderboard
        SET size = (SELECT count(*) FROM leaderboard_record WHERE leaderboard_id = $1 AND expiry_time = $2)
        WHERE id = $1
        """;

    /// <summary>Null when the id is taken.</summary>
    internal ValueTask<Leaderboard?> InsertAsync(TournamentRequest draft, CancellationToken cancellationToken) =>
        database.RetryAsync(draft, static async (connection, draft, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(InsertSql);
            var parameters = command.Parameters;
            parameters.AddText(draft.Id);
            parameters.Add(new NpgsqlParameter<bool> { TypedValue = draft.IsAuthoritative });
            parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)draft.Sort });
            parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)draft.Operator });
            parameters.Add(LeaderboardStore.OrNull(draft.ResetSchedule));
            parameters.AddJsonb(draft.Metadata);
            parameters.Add(new NpgsqlParameter<bool> { TypedValue = draft.AreRanksEnabled });
            parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)draft.Category });
            parameters.AddText(draft.Description);
            parameters.AddText(draft.Title);
            parameters.Add(new NpgsqlParameter<int> { TypedValue = draft.Duration });
            parameters.Add(new NpgsqlParameter<DateTime?>
            {
                TypedValue = draft.StartTime == 0 ? null : RecordTime.Of(draft.StartTime),
                NpgsqlDbType = NpgsqlDbType.TimestampTz,
            });
            parameters.Add(RecordStore.Time(draft.EndTime));
            parameters.Add(new NpgsqlParameter<bool> { TypedValue = draft.IsJoinRequired });
            parameters.Add(new NpgsqlParameter<int> { TypedValue = draft.MaxSize == 0 ? Leaderboard.Unlimited : draft.MaxSize });
            parameters.Add(new NpgsqlParameter<int> { TypedValue = draft.MaxNumScore == 0 ? DefaultMaxNumScore : draft.MaxNumScore });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            return await row.ReadAsync(cancellationToken) ? LeaderboardStore.Read(row) : null;
        }, cancellationToken);

    internal ValueTask<int> DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.RetryAsync(id, static async (connection, id, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(DeleteSql);
            command.Parameters.AddText(id);
            command.Parameters.Add(ResetClaims.Name(id));
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }, cancellationToken);

    /// <summary>Participant counts by id; ids that do not exist are left out.</summary>
    internal ValueTask<Dictionary<string, int>> SizesAsync(string[] ids, CancellationToken cancellationToken) =>
        database.RetryAsync(ids, static async (connection, ids, cancellationToken) =>
        {
            var sizes = new Dictionary<string, int>(ids.Length, StringComparer.Ordinal);
            await using var command = connection.CreateCommand(SizesSql);
            command.Parameters.AddTexts(ids);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            while (await row.ReadAsync(cancellationToken)) sizes[row.GetString(0)] = row.GetInt32(1);
            return sizes;
        }, cancellationToken);

    /// <summary>The number of participants, in the caller's transaction; null when the tournament no longer exists.</summary>
    internal static ValueTask<int?> SizeAsync(NpgsqlConnection connection, string id, CancellationToken cancellationToken) =>
        SizeAsync(connection, SizeSql, id, cancellationToken);

    /// <summary>
    /// Counts the participants of the round that begins and returns the number of those in the previous one, in the caller's
    /// transaction; null when the tournament no longer exists.
    /// </summary>
    internal static async ValueTask<int?> BeginRoundAsync(NpgsqlConnection connection, string id, long expiry, CancellationToken cancellationToken)
    {
        // With the row locked no join can be half complete: the records of all counted participants are visible.
        var before = await SizeAsync(connection, $"{SizeSql} FOR UPDATE", id, cancellationToken);
        await using var recount = connection.CreateCommand(RecountSql);
        recount.Parameters.AddText(id);
        recount.Parameters.Add(RecordStore.Time(expiry));
        await recount.ExecuteNonQueryAsync(cancellationToken);
        return before;
    }

    /// <summary>Takes a place, in the caller's transaction; false when none is left.</summary>
    internal static async ValueTask<bool> EnterAsync(NpgsqlConnection connection, string id, CancellationToken cancellationToken) =>
        await ExecuteAsync(connection, EnterSql, id, cancellationToken) > 0;

    /// <summary>Frees a place, in the caller's transaction.</summary>
    internal static async ValueTask LeaveAsync(NpgsqlConnection connection, string id, CancellationToken cancellationToken) =>
        await ExecuteAsync(connection, LeaveSql, id, cancellationToken);

    private static async ValueTask<int?> SizeAsync(NpgsqlConnection connection, string sql, string id, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(sql);
        command.Parameters.AddText(id);
        return (int?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private static async ValueTask<int> ExecuteAsync(NpgsqlConnection connection, string sql, string id, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(sql);
        command.Parameters.AddText(id);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
