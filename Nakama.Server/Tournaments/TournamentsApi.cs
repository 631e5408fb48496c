using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Leaderboards;

namespace Nakama.Server.Tournaments;

/// <summary>Lets users list and join tournaments, and submit, list and delete their records.</summary>
internal sealed class TournamentsApi(TournamentDefinitions definitions, TournamentRecords records, ILogger<TournamentsApi> log) : IApiFeature
{
    private const int MaxPage = 100;
    private const int DefaultRecords = 10;
    private const int CategoryCount = 128;

    private static readonly Empty Done = new();

    // A bad cursor has no error message of its own here.
    private static readonly StatementFailure AroundFailure =
        new("Listing tournament records around an owner", static () => LeaderboardErrors.AroundFailed);

    public void Map(ApiMap api)
    {
        api.Map<JoinTournamentRequest, Empty>("JoinTournament", JoinAsync, new("Joining a tournament", static () => TournamentErrors.JoinFailed));
        api.Map<ListTournamentsRequest, TournamentList>("ListTournaments", ListAsync,
            new("Listing tournaments", static () => TournamentErrors.ListFailed));
        api.Map<WriteTournamentRecordRequest, LeaderboardRecord>("WriteTournamentRecord", WriteAsync,
            new("Writing a tournament record", static () => TournamentErrors.WriteFailed));
        api.Map<DeleteTournamentRecordRequest, Empty>("DeleteTournamentRecord", DeleteAsync,
            new("Deleting a tournament record", static () => TournamentErrors.DeleteFailed));
        api.Map<ListTournamentRecordsRequest, TournamentRecordList>("ListTournamentRecords", ListRecordsAsync,
            new("Listing tournament records", static () => TournamentErrors.RecordsFailed));
        api.Map<ListTournamentRecordsAroundOwnerRequest, TournamentRecordList>("ListTournamentRecordsAroundOwner", AroundAsync);
    }

    private async ValueTask<Empty> JoinAsync(ApiCall call, JoinTournamentRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await records.JoinAsync(request.TournamentId, call.UserId, call.Caller!.Username, cancellationToken);
            return Done;
        }
        catch (TournamentException refusal)
        {
            throw refusal.Cause switch
            {
                TournamentErrorReason.NotFound => TournamentErrors.NotFound,
                TournamentErrorReason.Full => TournamentErrors.FullForJoins,
                _ => TournamentErrors.NotActiveForJoins,
            };
        }
    }

    private async ValueTask<TournamentList> ListAsync(ApiCall call, ListTournamentsRequest request, CancellationToken cancellationToken)
    {
        if (request.Cursor.Length > 0 && !TournamentCursor.TryParse(request.Cursor, out _)) throw TournamentErrors.ListCursor;
        var (categoryStart, categoryEnd) = (request.CategoryStart ?? 0, request.CategoryEnd ?? CategoryCount - 1);
        if (categoryEnd >= CategoryCount) throw TournamentErrors.CategoryEnd;
        // A first category beyond the range gives an empty list, not an error.
        if (request.CategoryEnd is not null && categoryEnd < categoryStart) throw TournamentErrors.CategoryOrder;
        if (request.EndTime is > 0 && request.EndTime < (request.StartTime ?? 0)) throw TournamentErrors.TimeOrder;
        if (request.Limit is < 1 or > MaxPage) throw TournamentErrors.ListLimit;
        var filter = new TournamentFilter(categoryStart, categoryEnd, request.StartTime, request.EndTime);
        return await definitions.ListAsync(filter, request.Limit ?? MaxPage, request.Cursor, cancellationToken);
    }

    private async ValueTask<LeaderboardRecord> WriteAsync(ApiCall call, WriteTournamentRecordRequest request, CancellationToken cancellationToken)
    {
        if (request.TournamentId.Length == 0) throw TournamentErrors.IdRequired;
        var record = request.Record ?? new();
        if (record.Metadata.Length > 0 && !JsonbText.IsObject(record.Metadata)) throw LeaderboardErrors.MetadataNotJson;
        var write = new RecordWrite(call.UserId, call.Caller!.Username, record.Score, record.Subscore, record.Metadata, default);
        try
        {
            return await records.WriteAsync(request.TournamentId, write, record.Operator, isAuthoritative: false, cancellationToken);
        }
        catch (TournamentException refusal)
        {
            throw refusal.Cause switch
            {
                TournamentErrorReason.NotFound => TournamentErrors.NotFound,
                TournamentErrorReason.Ended => TournamentErrors.NotFoundOrEnded,
                TournamentErrorReason.Authoritative => TournamentErrors.AuthoritativeWrite,
                TournamentErrorReason.NotActive => TournamentErrors.NotActive,
                TournamentErrorReason.NotJoined => TournamentErrors.NotJoined,
                TournamentErrorReason.Full => TournamentErrors.Full,
                _ => TournamentErrors.NoAttemptLeft,
            };
        }
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, DeleteTournamentRecordRequest request, CancellationToken cancellationToken)
    {
        if (request.TournamentId.Length == 0) throw TournamentErrors.IdInvalid;
        try
        {
            await records.DeleteAsync(request.TournamentId, call.UserId, isAuthoritative: false, cancellationToken);
            return Done;
        }
        catch (TournamentException)
        {
            // As on the reference server, clients get no more specific error for an unknown or an authoritative tournament.
            throw TournamentErrors.DeleteFailed;
        }
    }

    private async ValueTask<TournamentRecordList> ListRecordsAsync(
        ApiCall call, ListTournamentRecordsRequest request, CancellationToken cancellationToken)
    {
        if (request.TournamentId.Length == 0) throw TournamentErrors.ListIdRequired;
        if (request.Limit is < 1 or > MaxPage) throw TournamentErrors.RecordsLimit;
        var owners = OwnerIds.Read(request.OwnerIds);
        var limit = request.Limit ?? (owners.Length > 0 && request.Cursor.Length > 0 ? null : DefaultRecords);
        try
        {
            var page = await records.ListAsync(request.TournamentId, owners, limit, request.Cursor, request.Expiry ?? 0, cancellationToken);
            return page.ToTournamentRecords();
        }
        catch (TournamentException refusal)
        {
            throw refusal.Cause == TournamentErrorReason.Ended ? TournamentErrors.Ended : TournamentErrors.NotFound;
        }
    }

    private async ValueTask<TournamentRecordList> AroundAsync(
        ApiCall call, ListTournamentRecordsAroundOwnerRequest request, CancellationToken cancellationToken)
    {
        if (request.TournamentId.Length == 0) throw TournamentErrors.IdInvalid;
        var owner = OwnerIds.ReadAround(request.Limit, request.OwnerId);
        try
        {
            var limit = (int)(request.Limit ?? MaxPage);
            var page = await AroundFailure.TranslateAsync(
                records.AroundAsync(request.TournamentId, owner, limit, request.Cursor, request.Expiry ?? 0, cancellationToken), log);
            return page.ToTournamentRecords();
        }
        catch (TournamentException)
        {
            throw TournamentErrors.NotFound;
        }
    }
}
