using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="ILeaderboards"/>
internal sealed class GameLeaderboards(GameFunctionCaller caller) : GameFunctionGroup(caller), ILeaderboards
{
    public Task CreateAsync(LeaderboardDefinition definition, CancellationToken cancellationToken) =>
        CallAsync(
            "leaderboard_create",
            [
                Text(definition.Id), Flag(definition.IsAuthoritative), Order(definition.Order), Operator(definition.Operator),
                Text(definition.ResetSchedule), Json(definition.Metadata), Flag(definition.AreRanksEnabled),
            ],
            cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        CallAsync("leaderboard_delete", [Text(id)], cancellationToken);

    public async Task<Page<Leaderboard>> ListAsync(int limit, string? cursor, CancellationToken cancellationToken) =>
        Page<Leaderboard>(await CallAsync("leaderboard_list", [Whole(limit), Text(cursor)], cancellationToken));

    public Task DisableRanksAsync(string id, CancellationToken cancellationToken) =>
        CallAsync("leaderboard_ranks_disable", [Text(id)], cancellationToken);

    public async Task<IReadOnlyList<Leaderboard>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        List<Leaderboard>(await CallAsync("leaderboards_get_id", [Texts(ids)], cancellationToken));

    public async Task<RecordPage> ListRecordsAsync(
        string id, IReadOnlyCollection<Guid>? ownerIds, int limit, string? cursor, DateTimeOffset? expiry, CancellationToken cancellationToken) =>
        GameResults.Records(await CallAsync(
            "leaderboard_records_list",
            [
                Text(id), Ids(ownerIds), Whole(limit), Text(cursor), Instant(expiry),
            ],
            cancellationToken));

    public async Task<string> GetCursorAsync(string id, long rank, DateTimeOffset? expiry, CancellationToken cancellationToken) =>
        TextOf(await CallAsync("leaderboard_records_list_cursor_from_rank", [Text(id), Whole(rank), Instant(expiry)], cancellationToken));

    public async Task<LeaderboardRecord> WriteRecordAsync(
        string id, Guid ownerId, string? username, long score, long subscore, string? metadata, ScoreOperator? overrideOperator,
        CancellationToken cancellationToken) =>
        Source<LeaderboardRecord>(await CallAsync(
            "leaderboard_record_write",
            [
                Text(id), Id(ownerId), Text(username), Whole(score), Whole(subscore), Json(metadata), Operator(overrideOperator),
            ],
            cancellationToken));

    public async Task<RecordPage> ListRecordsAroundAsync(
        string id, Guid ownerId, int limit, string? cursor, DateTimeOffset? expiry, CancellationToken cancellationToken) =>
        GameResults.Around(await CallAsync(
            "leaderboard_records_haystack",
            [
                Text(id), Id(ownerId), Whole(limit), Text(cursor), Instant(expiry),
            ],
            cancellationToken));

    public Task DeleteRecordAsync(string id, Guid ownerId, CancellationToken cancellationToken) =>
        CallAsync("leaderboard_record_delete", [Text(id), Id(ownerId)], cancellationToken);
}
