using Nakama.Server.Errors;

namespace Nakama.Server.Tournaments;

/// <summary>The errors of tournaments; messages that begin in lower case are for game logic.</summary>
public static class TournamentErrors
{
    public static ApiException IdRequired => Invalid("Tournament ID must be provided.");

    public static ApiException ListIdRequired => Invalid("Tournament ID must be provided");

    public static ApiException IdInvalid => Invalid("Invalid tournament ID.");

    public static ApiException NotFound => new(StatusCode.NotFound, "Tournament not found.");

    public static ApiException NotFoundOrEnded => new(StatusCode.NotFound, "Tournament not found or has ended.");

    public static ApiException Ended => new(StatusCode.NotFound, "Tournament has ended.");

    public static ApiException AuthoritativeWrite =>
        new(StatusCode.PermissionDenied, "Tournament only allows authoritative score submissions.");

    public static ApiException NotActiveForJoins => Invalid("Tournament is not active and cannot accept new joins.");

    public static ApiException FullForJoins => Invalid("Tournament cannot be joined as it has reached its max size.");

    public static ApiException NotActive => Precondition("Tournament is not active and cannot accept new scores.");

    public static ApiException NotJoined => Precondition("Must join tournament before attempting to write value.");

    public static ApiException NoAttemptLeft => Precondition("Reached allowed max number of score attempts.");

    public static ApiException Full => Precondition("Tournament has reached max size.");

    public static ApiException RecordsLimit => Invalid("Invalid limit - limit must be between 1 and 100.");

    public static ApiException ListLimit => Invalid("Limit must be between 1 and 100.");

    public static ApiException CategoryEnd => Invalid("Tournament category end must be >=0 and <128.");

    public static ApiException CategoryOrder => Invalid("Tournament category end must be greater than category start.");

    public static ApiException TimeOrder => Invalid("Tournament end time must be greater than start time.");

    public static ApiException ListCursor => Invalid("leaderboard cursor invalid");

    public static ApiException JoinFailed => new(StatusCode.Internal, "Error while trying to join tournament.");

    public static ApiException ListFailed => new(StatusCode.Internal, "Error listing tournaments.");

    public static ApiException WriteFailed => new(StatusCode.Internal, "Error writing score to tournament.");

    public static ApiException DeleteFailed => new(StatusCode.Internal, "Error deleting score from tournament.");

    public static ApiException RecordsFailed => new(StatusCode.Internal, "Error listing records from tournament.");

    /// <summary>For game logic.</summary>
    public static ApiException IdTaken => Invalid("cannot create tournament as leaderboard is already in use");

    /// <summary>For game logic.</summary>
    public static ApiException EndBeforeReset => Invalid(
        "tournament end time cannot be before first reset schedule - either increase end time or change/disable reset schedule");

    /// <summary>For game logic.</summary>
    public static ApiException PendingClause(string what) => Invalid(what);

    private static ApiException Invalid(string message) => new(StatusCode.InvalidArgument, message);

    private static ApiException Precondition(string message) => new(StatusCode.FailedPrecondition, message);
}
