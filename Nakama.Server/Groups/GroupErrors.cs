using Nakama.Server.Errors;

namespace Nakama.Server.Groups;

/// <summary>Every refusal of the group methods.</summary>
public static class GroupErrors
{
    public static ApiError IdRequired => Invalid("Group ID must be set.");

    public static ApiError BadId => Invalid("Group ID must be a valid ID.");

    public static ApiError UserIdRequired => Invalid("User ID must be set.");

    public static ApiError UserIdsRequired => Invalid("User IDs must be set.");

    public static ApiError BadUserId => Invalid("User ID must be a valid ID.");

    public static ApiError NameRequired => Invalid("Group name must be set.");

    public static ApiError MaxCount => Invalid("Group max count must be >= 1 when set.");

    public static ApiError NameTaken => new(StatusCode.AlreadyExists, "Group name is in use.") { Reason = GroupReasons.NameTaken };

    public static ApiError NewNameEmpty => Invalid("Group name cannot be empty.");

    public static ApiError NewLangTagEmpty => Invalid("Group language cannot be empty.");

    /// <summary>Another code than when a group is created; clients know both.</summary>
    public static ApiError NewNameTaken => Invalid("Group name is in use.", GroupReasons.NameTaken);

    public static ApiError NothingToUpdate => Invalid("Specify at least one field to update.", GroupReasons.NothingToUpdate);

    public static ApiError NotUpdated => Invalid("No new fields in group update.", GroupReasons.NotUpdated);

    public static ApiError UpdateDenied => new(StatusCode.NotFound, "Group not found or you're not allowed to update.") { Reason = GroupReasons.UpdateDenied };

    public static ApiError DeleteDenied => Invalid("Group not found or you're not allowed to delete.", GroupReasons.DeleteDenied);

    public static ApiError NotFound => new(StatusCode.NotFound, "Group not found.") { Reason = GroupReasons.NotFound };

    public static ApiError Full => Invalid("Group is full.", GroupReasons.Full);

    public static ApiError LastSuperadmin => Invalid("Cannot leave group when you are the last superadmin.", GroupReasons.LastSuperadmin);

    public static ApiError Denied => new(StatusCode.NotFound, "Group not found or permission denied.") { Reason = GroupReasons.Denied };

    public static ApiError UsersNotFound => Invalid("One or more users not found.", GroupReasons.UsersNotFound);

    /// <summary>The account behind a valid token, or the one a function names, is deleted or never was.</summary>
    public static ApiError AccountNotFound => new(StatusCode.NotFound, "User account not found.");

    public static ApiError NotMembers => Invalid("One or more users are not members of the group.");

    public static ApiError Limit => Invalid("Invalid limit - limit must be between 1 and 100.");

    public static ApiError State => Invalid("Invalid state - state must be between 0 and 4.");

    public static ApiError Cursor => Invalid("Cursor is invalid.");

    public static ApiError NameAndOtherFilter => Invalid("name filter cannot be combined with any other filter");

    public static ApiError CreateFailed => Failed("create group");

    public static ApiError UpdateFailed => Failed("update group");

    public static ApiError DeleteFailed => Failed("delete group");

    public static ApiError JoinFailed => Failed("join group");

    public static ApiError LeaveFailed => Failed("leave group");

    public static ApiError AddFailed => Failed("add users to a group");

    public static ApiError KickFailed => Failed("kick users from a group");

    public static ApiError BanFailed => Failed("ban users from a group");

    public static ApiError PromoteFailed => Failed("promote users in a group");

    public static ApiError DemoteFailed => Failed("demote users in a group");

    public static ApiError ListFailed => Failed("list groups");

    public static ApiError ListUsersFailed => Failed("list users in a group");

    public static ApiError ListOfUserFailed => Failed("list groups for a user");

    private static ApiError Invalid(string message, string? reason = null) => new(StatusCode.InvalidArgument, message) { Reason = reason };

    private static ApiError Failed(string what) => new(StatusCode.Internal, $"Error while trying to {what}.");
}
