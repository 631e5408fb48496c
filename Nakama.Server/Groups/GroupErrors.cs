using Nakama.Server.Errors;

namespace Nakama.Server.Groups;

/// <summary>The errors of the group methods.</summary>
public static class GroupErrors
{
    public static ApiException IdRequired => Invalid("Group ID must be set.");

    public static ApiException BadId => Invalid("Group ID must be a valid ID.");

    public static ApiException UserIdRequired => Invalid("User ID must be set.");

    public static ApiException UserIdsRequired => Invalid("User IDs must be set.");

    public static ApiException BadUserId => Invalid("User ID must be a valid ID.");

    public static ApiException NameRequired => Invalid("Group name must be set.");

    public static ApiException MaxCount => Invalid("Group max count must be >= 1 when set.");

    public static ApiException NameTaken => new(StatusCode.AlreadyExists, "Group name is in use.") { Reason = GroupReasons.NameTaken };

    public static ApiException NewNameEmpty => Invalid("Group name cannot be empty.");

    public static ApiException NewLangTagEmpty => Invalid("Group language cannot be empty.");

    /// <summary>A different code than for group creation; clients rely on both.</summary>
    public static ApiException NewNameTaken => Invalid("Group name is in use.", GroupReasons.NameTaken);

    public static ApiException NothingToUpdate => Invalid("Specify at least one field to update.", GroupReasons.NothingToUpdate);

    public static ApiException NotUpdated => Invalid("No new fields in group update.", GroupReasons.NotUpdated);

    public static ApiException UpdateDenied => new(StatusCode.NotFound, "Group not found or you're not allowed to update.") { Reason = GroupReasons.UpdateDenied };

    public static ApiException DeleteDenied => Invalid("Group not found or you're not allowed to delete.", GroupReasons.DeleteDenied);

    public static ApiException NotFound => new(StatusCode.NotFound, "Group not found.") { Reason = GroupReasons.NotFound };

    public static ApiException Full => Invalid("Group is full.", GroupReasons.Full);

    public static ApiException LastSuperadmin => Invalid("Cannot leave group when you are the last superadmin.", GroupReasons.LastSuperadmin);

    public static ApiException Denied => new(StatusCode.NotFound, "Group not found or permission denied.") { Reason = GroupReasons.Denied };

    public static ApiException UsersNotFound => Invalid("One or more users not found.", GroupReasons.UsersNotFound);

    /// <summary>The account of a valid token, or the one that a function names, is deleted or never existed.</summary>
    public static ApiException AccountNotFound => new(StatusCode.NotFound, "User account not found.");

    public static ApiException NotMembers => Invalid("One or more users are not members of the group.");

    public static ApiException Limit => Invalid("Invalid limit - limit must be between 1 and 100.");

    public static ApiException State => Invalid("Invalid state - state must be between 0 and 4.");

    public static ApiException Cursor => Invalid("Cursor is invalid.");

    public static ApiException NameAndOtherFilter => Invalid("name filter cannot be combined with any other filter");

    public static ApiException CreateFailed => Failed("create group");

    public static ApiException UpdateFailed => Failed("update group");

    public static ApiException DeleteFailed => Failed("delete group");

    public static ApiException JoinFailed => Failed("join group");

    public static ApiException LeaveFailed => Failed("leave group");

    public static ApiException AddFailed => Failed("add users to a group");

    public static ApiException KickFailed => Failed("kick users from a group");

    public static ApiException BanFailed => Failed("ban users from a group");

    public static ApiException PromoteFailed => Failed("promote users in a group");

    public static ApiException DemoteFailed => Failed("demote users in a group");

    public static ApiException ListFailed => Failed("list groups");

    public static ApiException ListUsersFailed => Failed("list users in a group");

    public static ApiException ListOfUserFailed => Failed("list groups for a user");

    private static ApiException Invalid(string message, string? reason = null) => new(StatusCode.InvalidArgument, message) { Reason = reason };

    private static ApiException Failed(string what) => new(StatusCode.Internal, $"Error while trying to {what}.");
}
