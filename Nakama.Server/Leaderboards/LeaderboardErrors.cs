using Nakama.Server.Errors;

namespace Nakama.Server.Leaderboards;

/// <summary>The refusals of leaderboards; those with small letters are for game logic.</summary>
public static class LeaderboardErrors
{
    public static ApiError IdRequired => Invalid("Invalid leaderboard ID.");

    public static ApiError MetadataNotJson => Invalid("Metadata value must be JSON, if provided.");

    public static ApiError NotFound => new(StatusCode.NotFound, "Leaderboard not found.");

    public static ApiError AuthoritativeWrite =>
        new(StatusCode.PermissionDenied, "Leaderboard only allows authoritative score submissions.");

    public static ApiError AuthoritativeDelete =>
        new(StatusCode.PermissionDenied, "Leaderboard only allows authoritative score deletions.");

    public static ApiError ListLimit => Invalid("Invalid limit - limit must be between 1 and 1000.");

    public static ApiError OwnerIds => Invalid("One or more owner IDs are invalid.");

    public static ApiError Cursor => Invalid("Cursor is invalid or expired.");

    public static ApiError AroundLimit => Invalid("Invalid limit - limit must be between 1 and 100.");

    public static ApiError AroundOwnerRequired => Invalid("Owner ID must be provided for a haystack query.");

    public static ApiError AroundOwner => Invalid("Invalid owner ID provided.");

    /// <summary>What the score or subscore would become does not fit into 64 bits.</summary>
    public static ApiError ScoreRange => Invalid("Score is out of range.");

    public static ApiError WriteFailed => new(StatusCode.Internal, "Error writing score to leaderboard.");

    public static ApiError DeleteFailed => new(StatusCode.Internal, "Error deleting score from leaderboard.");

    public static ApiError ListFailed => new(StatusCode.Internal, "Error listing records from leaderboard.");

    public static ApiError AroundFailed => new(StatusCode.Internal, "Error querying records from leaderboard.");

    /// <summary>For game logic.</summary>
    public static ApiError Unknown => new(StatusCode.NotFound, "leaderboard not found");

    /// <summary>For game logic.</summary>
    public static ApiError ListCursor => Invalid("leaderboard cursor invalid");

    /// <summary>For game logic: there is no rank from which a page could begin.</summary>
    public static ApiError RankNotFound => new(StatusCode.NotFound, "rank not found");

    /// <summary>For game logic.</summary>
    public static ApiError Schedule => Invalid("invalid reset schedule");

    /// <summary>For game logic.</summary>
    public static ApiError Draft => Invalid("invalid leaderboard definition");

    private static ApiError Invalid(string message) => new(StatusCode.InvalidArgument, message);
}
