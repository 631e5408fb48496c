using Nakama.Server.Errors;

namespace Nakama.Server.Tournaments;

/// <summary>The refusals of tournaments; those with small letters are for game logic.</summary>
public static class TournamentErrors
{
    public static ApiError IdRequired => Invalid("Tournament ID must be provided.");

    public static ApiError ListIdRequired => Invalid("Tournament ID must be provided");

    public static ApiError IdInvalid => Invalid("Invalid tournament ID.");

    public static ApiError NotFound => new(StatusCode.NotFound, "Tournament not found.");

    public static ApiError NotFoundOrEnded => new(StatusCode.NotFound, "Tournament not found or has ended.");

    public static ApiError Ended => new(StatusCode.NotFound, "Tournament has ended.");

    public static ApiError AuthoritativeWrite =>
        new(StatusCode.PermissionDenied, "Tournament only allows authoritative score submissions.");

    public static ApiError NotActiveForJoins => Invalid("Tournament is not active and cannot accept new joins.");

    public static ApiError FullForJoins => Invalid("Tournament cannot be joined as it has reached its max size.");

    public static ApiError NotActive => Precondition("Tournament is not active and cannot accept new scores.");

    public static ApiError NotJoined => Precondition("Must join tournament before attempting to write value.");

    public static ApiError NoAttemptLeft => Precondition("Reached allowed max number of score attempts.");

    public static ApiError Full => Precondition("Tournament has reached max size.");

    public static ApiError RecordsLimit => Invalid("Invalid limit - limit must be between 1 and 100.");

    public static ApiError ListLimit => Invalid("Limit must be between 1 and 100.");

    public static ApiError CategoryEnd => Invalid("Tournament category end must be >=0 and <128.");

    public static ApiError CategoryOrder => Invalid("Tournament category end must be greater than category start.");

    public static ApiError TimeOrder => Invalid("Tournament end time must be greater than start time.");

    public static ApiError ListCursor => Invalid("leaderboard cursor invalid");

    public static ApiError JoinFailed => new(StatusCode.Internal, "Error while trying to join tournament.");

    public static ApiError ListFailed => new(StatusCode.Internal, "Error listing tournaments.");

    public static ApiError WriteFailed => new(StatusCode.Internal, "Error writing score to tournament.");

    public static ApiError DeleteFailed => new(StatusCode.Internal, "Error deleting score from tournament.");

    public static ApiError RecordsFailed => new(StatusCode.Internal, "Error listing records from tournament.");

    /// <summary>For game logic.</summary>
    public static ApiError IdTaken => Invalid("cannot create tournament as leaderboard is already in use");

    /// <summary>For game logic.</summary>
    public static ApiError EndBeforeReset => Invalid(
        "tournament end time cannot be before first reset schedule - either increase end time or change/disable reset schedule");

    /// <summary>For game logic.</summary>
    public static ApiError Draft(string what) => Invalid(what);

    private static ApiError Invalid(string message) => new(StatusCode.InvalidArgument, message);

    private static ApiError Precondition(string message) => new(StatusCode.FailedPrecondition, message);
}
