using Nakama.Server.Database;

namespace Nakama.Server.Leaderboards;

public sealed partial class RecordStore
{
    private const string RanksSql = """
        SELECT score, subscore, owner_id FROM leaderboard_record
        WHERE leaderboard_id = $1 AND expiry_time = $2
        ORDER BY score, subscore, owner_id LIMIT $3
        """;

    private const string RanksFromSql = """
        SELECT score, subscore, owner_id FROM leaderboard_record
        WHERE leaderboard_id = $1 AND expiry_time = $2 AND (score, subscore, owner_id) > ($4, $5, $6)
        ORDER BY score, subscore, owner_id LIMIT $3
        """;

    /// <summary>The data for ranks: up to <paramref name="count"/> records from a position, the lowest scores first.</summary>
    internal ValueTask<List<Place>> RanksAsync(
        string leaderboardId, long expiry, Place? from, int count, CancellationToken cancellationToken) =>
        database.RetryAsync((leaderboardId, expiry, from, count), static async (connection, state, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(state.from is null ? RanksSql : RanksFromSql);
            AddPage(command.Parameters, state.leaderboardId, state.expiry, state.from, state.count);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var page = new List<Place>();
            while (await row.ReadAsync(cancellationToken)) page.Add(new(row.GetInt64(0), row.GetInt64(1), row.GetGuid(2)));
            return page;
        }, cancellationToken);
}
