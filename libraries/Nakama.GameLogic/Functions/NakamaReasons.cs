namespace Nakama.GameLogic.Functions;

/// <summary>Reasons of <see cref="NakamaException"/> that games often distinguish.</summary>
public static class NakamaReasons
{
    /// <summary>A stored object has another version, or exists although it must not.</summary>
    public const string StorageVersion = "Storage write rejected - version check failed.";

    /// <summary>The owner may not write the object.</summary>
    public const string StoragePermission = "Storage write rejected - permission denied.";

    /// <summary>Other writes of the objects were faster each time.</summary>
    public const string StorageRetriesExhausted = "Storage write retries exhausted.";

    public const string AccountNotFound = "account not found";

    public const string UserNotFound = "user not found";

    public const string GroupNotFound = "group not found";

    public const string GroupNameInUse = "group name in use";

    public const string GroupIsFull = "group is full";

    public const string GroupPermissionDenied = "group permission denied";

    public const string LastGroupSuperadmin = "user is last group superadmin";

    public const string LeaderboardNotFound = "leaderboard not found";

    public const string TournamentNotFound = "tournament not found";

    public const string TournamentIsFull = "tournament max size reached";

    public const string TournamentIsClosed = "tournament outside of duration";

    public const string TournamentNotJoined = "required to join before writing tournament record";

    public const string MatchNotFound = "match not found";

    /// <summary>The match does not answer in time, or its queue is full.</summary>
    public const string MatchBusy = "match busy";
}
