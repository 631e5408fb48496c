using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Database;

namespace Nakama.Server.Leaderboards;

/// <summary>Lets users submit, list and delete leaderboard records.</summary>
internal sealed class LeaderboardsApi(
    LeaderboardDefinitions definitions, LeaderboardRecords records, RecordLists lists, TimeProvider time, ILogger<LeaderboardsApi> log) : IApiFeature
{
    private const int MaxPage = 1000;

    private static readonly Empty Done = new();

    // A bad cursor has no error message of its own here.
    private static readonly StatementFailure AroundFailure = new("Listing records around an owner", static () => LeaderboardErrors.AroundFailed);

    public void Map(ApiMap api)
    {
        api.Map<WriteLeaderboardRecordRequest, LeaderboardRecord>("WriteLeaderboardRecord", WriteAsync,
            new("Writing a record", static () => LeaderboardErrors.WriteFailed));
        api.Map<DeleteLeaderboardRecordRequest, Empty>("DeleteLeaderboardRecord", DeleteAsync,
            new("Deleting a record", static () => LeaderboardErrors.DeleteFailed));
        api.Map<ListLeaderboardRecordsRequest, LeaderboardRecordList>("ListLeaderboardRecords", ListAsync,
            new("Listing records", static () => LeaderboardErrors.ListFailed));
        api.Map<ListLeaderboardRecordsAroundOwnerRequest, LeaderboardRecordList>("ListLeaderboardRecordsAroundOwner", AroundAsync);
    }

    private async ValueTask<LeaderboardRecord> WriteAsync(ApiCall call, WriteLeaderboardRecordRequest request, CancellationToken cancellationToken)
    {
        if (request.LeaderboardId.Length == 0) throw LeaderboardErrors.IdRequired;
        // A request without a record counts as a score of zero; known behavior.
        var record = request.Record ?? new();
        if (record.Metadata.Length > 0 && !JsonbText.IsObject(record.Metadata)) throw LeaderboardErrors.MetadataNotJson;
        var board = await definitions.FindAsync(request.LeaderboardId, cancellationToken) ?? throw LeaderboardErrors.NotFound;
        if (board.IsAuthoritative) throw LeaderboardErrors.AuthoritativeWrite;
        var @operator = LeaderboardTerms.Choose(record.Operator, board.Operator) ?? throw LeaderboardErrors.WriteFailed;
        var write = new RecordWrite(call.UserId, call.Caller!.Username, record.Score, record.Subscore, record.Metadata, @operator);
        return await records.WriteAsync(board, write, cancellationToken);
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, DeleteLeaderboardRecordRequest request, CancellationToken cancellationToken)
    {
        if (request.LeaderboardId.Length == 0) throw LeaderboardErrors.IdRequired;
        var board = await definitions.FindAsync(request.LeaderboardId, cancellationToken);
        if (board is null or { IsTournament: true }) throw LeaderboardErrors.NotFound;
        if (board.IsAuthoritative) throw LeaderboardErrors.AuthoritativeDelete;
        await records.DeleteAsync(board, call.UserId, cancellationToken);
        return Done;
    }

    private async ValueTask<LeaderboardRecordList> ListAsync(ApiCall call, ListLeaderboardRecordsRequest request, CancellationToken cancellationToken)
    {
        if (request.LeaderboardId.Length == 0) throw LeaderboardErrors.IdRequired;
        if (request.Limit is < 1 or > MaxPage) throw LeaderboardErrors.ListLimit;
        var owners = OwnerIds.Read(request.OwnerIds);
        // Without a limit, a page is returned only when no owners are requested or the request has a cursor.
        var limit = request.Limit ?? (owners.Length == 0 || request.Cursor.Length > 0 ? 1 : null);
        var board = await definitions.FindAsync(request.LeaderboardId, cancellationToken) ?? throw LeaderboardErrors.NotFound;
        if (ExpiryOf(board, request.Expiry) is not { } expiry) return new();
        return (await lists.ListAsync(board, expiry, owners, limit, request.Cursor, cancellationToken)).ToLeaderboardRecords();
    }

    private async ValueTask<LeaderboardRecordList> AroundAsync(
        ApiCall call, ListLeaderboardRecordsAroundOwnerRequest request, CancellationToken cancellationToken)
    {
        if (request.LeaderboardId.Length == 0) throw LeaderboardErrors.IdRequired;
        var owner = OwnerIds.ReadAround(request.Limit, request.OwnerId);
        return await AroundFailure.TranslateAsync(AroundAsync(request, owner, cancellationToken), log);
    }

    private async ValueTask<LeaderboardRecordList> AroundAsync(
        ListLeaderboardRecordsAroundOwnerRequest request, Guid owner, CancellationToken cancellationToken)
    {
        var board = await definitions.FindAsync(request.LeaderboardId, cancellationToken) ?? throw LeaderboardErrors.NotFound;
        if (ExpiryOf(board, request.Expiry) is not { } expiry) return new();
        return (await lists.AroundAsync(board, expiry, owner, (int)(request.Limit ?? 1), request.Cursor, cancellationToken)).ToLeaderboardRecords();
    }

    private long? ExpiryOf(Leaderboard board, long? requested) =>
        RecordPeriod.ExpiryOf(board, requested ?? 0, time.GetUtcNow().ToUnixTimeSeconds());
}
