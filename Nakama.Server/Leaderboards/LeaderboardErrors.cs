using Nakama.Server.Errors;

namespace Nakama.Server.Leaderboards;

/// <summary>The errors of leaderboards; messages that begin in lower case are for game logic.</summary>
public static class LeaderboardErrors
{
    public static ApiException IdRequired => Invalid("Invalid leaderboard ID.");

    public static ApiException MetadataNotJson => Invalid("Metadata value must be JSON, if provided.");

    public static ApiException NotFound => new(StatusCode.NotFound, "Leaderboard not found.");

    public static ApiException AuthoritativeWrite =>
        new(StatusCode.PermissionDenied, "Leaderboard only allows authoritative score submissions.");

    public static ApiException AuthoritativeDelete =>
        new(StatusCode.PermissionDenied, "Leaderboard only allows authoritative score deletions.");

    public static ApiException ListLimit => Invalid("Invalid limit - limit must be between 1 and 1000.");

    public static ApiException OwnerIds => Invalid("One or more owner IDs are invalid.");

    public static ApiException Cursor => Invalid("Cursor is invalid or expired.");

    public static ApiException AroundLimit => Invalid("Invalid limit - limit must be between 1 and 100.");

    public static ApiException AroundOwnerRequired => Invalid("Owner ID must be provided for a haystack query.");

    public static ApiException AroundOwner => Invalid("Invalid owner ID provided.");

    /// <summary>The resulting score or subscore does not fit into 64 bits.</summary>
    public static ApiException ScoreRange => Invalid("Score is out of range.");

    public static ApiException WriteFailed => new(StatusCode.Internal, "Error writing score to leaderboard.");

    public static ApiException DeleteFailed => new(StatusCode.Internal, "Error deleting score from leaderboard.");

    public static ApiException ListFailed => new(StatusCode.Internal, "Error listing records from leaderboard.");

    public static ApiException AroundFailed => new(StatusCode.Internal, "Error querying records from leaderboard.");

    /// <summary>For game logic.</summary>
    public static ApiException Unknown => new(StatusCode.NotFound, "leaderboard not found");

    /// <summary>For game logic.</summary>
    public static ApiException ListCursor => Invalid("leaderboard cursor invalid");

    /// <summary>For game logic: there is no rank at which a page could begin.</summary>
    public static ApiException RankNotFound => new(StatusCode.NotFound, "rank not found");

    /// <summary>For game logic.</summary>
    public static ApiException Schedule => Invalid("invalid reset schedule");

    /// <summary>For game logic.</summary>
    public static ApiException PendingClause => Invalid("invalid leaderboard definition");

    private static ApiException Invalid(string message) => new(StatusCode.InvalidArgument, message);
}
