using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>The errors of the history of changes.</summary>
internal static class HistoryErrors
{
    public const string TooLarge = "What was there before was too large to be kept.";

    public const string OnlyPassword = "Passwords are not kept.";

    public const string AccountGone = "A deleted account cannot be restored.";

    public const string AccountNew = "An account that was imported is not deleted by a revert.";

    public const string SystemUser = "The system user cannot be changed.";

    public const string GroupFull = "The group is full.";

    public const string NoSuperadmin = "The group would have no superadmin.";

    public static ApiException NotFound => new(StatusCode.NotFound, "History entry not found.");

    public static ApiException IdInvalid => new(StatusCode.InvalidArgument, "Requires a valid history entry ID.");

    public static ApiException KindInvalid => new(StatusCode.InvalidArgument, "Kind must be account, wallet, ledger, group, members or object.");

    public static ApiException KeyWithoutKind => new(StatusCode.InvalidArgument, "A key needs its kinds.");

    public static ApiException FilterTooLong => new(StatusCode.InvalidArgument, "A filter is too long.");

    public static ApiException CursorInvalid => new(StatusCode.InvalidArgument, "Cursor is invalid.");

    public static ApiException OwnerGone => Refused("The player that it belonged to does not exist any more.");

    public static ApiException NothingToRevert => Refused("It is already as it was before this change.");

    public static ApiException Refused(string reason) => new(StatusCode.FailedPrecondition, reason);

    public static ApiException Taken(string what) => Refused($"{what} is in use by another account now.");

    /// <summary>Somebody has changed the object since; with the members that differ.</summary>
    public static ApiException ChangedSince(IReadOnlyList<string> names) => new(
        StatusCode.Aborted, names.Count == 0 ? "This was changed since." : $"This was changed since: {string.Join(", ", names)}.");

    public static ApiException GoneSince => new(StatusCode.Aborted, "This was deleted since.");

    public static ApiException CreatedSince => new(StatusCode.Aborted, "This was created again since.");
}
