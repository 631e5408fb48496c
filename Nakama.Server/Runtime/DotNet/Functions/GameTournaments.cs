using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="ITournaments"/>
internal sealed class GameTournaments(GameFunctionCaller caller) : GameFunctionGroup(caller), ITournaments
{
    public Task CreateAsync(TournamentDefinition definition, CancellationToken cancellationToken) =>
        CallAsync(
            "tournament_create",
            [
                Text(definition.Id), Flag(definition.IsAuthoritative), Order(definition.Order), Operator(definition.Operator),
                Whole((long)definition.Duration.TotalSeconds), Text(definition.ResetSchedule), Json(definition.Metadata),
                Text(definition.Title), Text(definition.Description), Whole(definition.Category), Instant(definition.StartTime),
                Instant(definition.EndTime), Whole(definition.MaxSize), Whole(definition.MaxNumScore),
                Flag(definition.IsJoinRequired), Flag(definition.AreRanksEnabled),
            ],
            cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        CallAsync("tournament_delete", [Text(id)], cancellationToken);

    public Task AddAttemptsAsync(string id, Guid ownerId, int count, CancellationToken cancellationToken) =>
        CallAsync("tournament_add_attempt", [Text(id), Id(ownerId), Whole(count)], cancellationToken);

    public Task JoinAsync(string id, Guid userId, string username, CancellationToken cancellationToken) =>
        CallAsync("tournament_join", [Text(id), Id(userId), Text(username)], cancellationToken);

    public async Task<IReadOnlyList<Tournament>> GetAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        List<Tournament>(await CallAsync("tournaments_get_id", [Texts(ids)], cancellationToken));

    public async Task<Page<Tournament>> ListAsync(
        int categoryStart, int categoryEnd, DateTimeOffset? startTime, DateTimeOffset? endTime, int limit, string? cursor,
        CancellationToken cancellationToken) =>
        Page<Tournament>(await CallAsync(
            "tournament_list",
            [
                Whole(categoryStart), Whole(categoryEnd), Instant(startTime), Instant(endTime), Whole(limit), Text(cursor),
            ],
            cancellationToken));

    public Task DisableRanksAsync(string id, CancellationToken cancellationToken) =>
        CallAsync("tournament_ranks_disable", [Text(id)], cancellationToken);

    public async Task<RecordPage> ListRecordsAsync(
        string id, IReadOnlyCollection<Guid>? ownerIds, int limit, string? cursor, DateTimeOffset? expiry, CancellationToken cancellationToken) =>
        GameResults.Records(await CallAsync(
            "tournament_records_list",
            [
                Text(id), Ids(ownerIds), Whole(limit), Text(cursor), Instant(expiry),
            ],
            cancellationToken));

    public async Task<LeaderboardRecord> WriteRecordAsync(
        string id, Guid ownerId, string? username, long score, long subscore, string? metadata, ScoreOperator? overrideOperator,
        CancellationToken cancellationToken) =>
        Source<LeaderboardRecord>(await CallAsync(
            "tournament_record_write",
            [
                Text(id), Id(ownerId), Text(username), Whole(score), Whole(subscore), Json(metadata), Operator(overrideOperator),
            ],
            cancellationToken));

    public Task DeleteRecordAsync(string id, Guid ownerId, CancellationToken cancellationToken) =>
        CallAsync("tournament_record_delete", [Text(id), Id(ownerId)], cancellationToken);

    public async Task<RecordPage> ListRecordsAroundAsync(
        string id, Guid ownerId, int limit, string? cursor, DateTimeOffset? expiry, CancellationToken cancellationToken) =>
        GameResults.Around(await CallAsync(
            "tournament_records_haystack",
            [
                Text(id), Id(ownerId), Whole(limit), Text(cursor), Instant(expiry),
            ],
            cancellationToken));
}
