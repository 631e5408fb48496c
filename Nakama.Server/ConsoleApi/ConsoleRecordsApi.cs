using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Leaderboards;
using Nakama.Server.Security;
using Nakama.Server.Tournaments;
using DeleteLeaderboardRecordRequest = Nakama.Protocol.Console.DeleteLeaderboardRecordRequest;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' view of the records of leaderboards and tournaments.</summary>
internal sealed class ConsoleRecordsApi(
    LeaderboardDefinitions definitions, RecordLists lists, LeaderboardRecords records, TournamentRecords tournamentRecords, TimeProvider time) : IConsoleFeature
{
    private const int MaxPageSize = 100;

    private static ApiException Limit => new(StatusCode.InvalidArgument, "Invalid limit - limit must be between 1 and 100.");

    public void Map(ApiMap api)
    {
        api.Map<ListLeaderboardRecordsRequest, LeaderboardRecordList>("ListLeaderboardRecords", ListAsync, new("Listing records", static () => LeaderboardErrors.ListFailed));
        api.Map<DeleteLeaderboardRecordRequest, Empty>("DeleteLeaderboardRecord", DeleteAsync, new("Deleting a record", static () => LeaderboardErrors.DeleteFailed));
    }

    private async ValueTask<LeaderboardRecordList> ListAsync(ApiCall call, ListLeaderboardRecordsRequest request, CancellationToken cancellationToken)
    {
        if (request.Limit is < 1 or > MaxPageSize) throw Limit;
        var owners = OwnerIds.Read(request.OwnerIds);
        // Without a limit, a page is returned only when no owners are requested or the request has a cursor.
        var limit = request.Limit ?? (owners.Length == 0 || request.Cursor.Length > 0 ? 1 : null);
        var board = await definitions.FindAsync(request.LeaderboardId, cancellationToken) ?? throw LeaderboardErrors.NotFound;
        if (RecordPeriod.ExpiryOf(board, request.Expiry ?? 0, time.GetUtcNow().ToUnixTimeSeconds()) is not { } expiry) return new();
        return (await lists.ListAsync(board, expiry, owners, limit, request.Cursor, cancellationToken)).ToLeaderboardRecords();
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, DeleteLeaderboardRecordRequest request, CancellationToken cancellationToken)
    {
        if (!UuidText.TryParse(request.OwnerId, out var ownerId)) throw LeaderboardErrors.DeleteFailed;
        var board = await definitions.FindAsync(request.Id, cancellationToken) ?? throw LeaderboardErrors.NotFound;
        if (board.IsTournament) await tournamentRecords.DeleteAsync(board.Id, ownerId, isAuthoritative: true, cancellationToken);
        else await records.DeleteAsync(board, ownerId, cancellationToken);
        return new Empty();
    }
}
