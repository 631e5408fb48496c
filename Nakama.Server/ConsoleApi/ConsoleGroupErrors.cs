using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi;

/// <summary>The errors of the group methods of the console.</summary>
internal static class ConsoleGroupErrors
{
    public static ApiException BadId => new(StatusCode.InvalidArgument, "Requires a valid group ID.");

    public static ApiException NotFound => new(StatusCode.NotFound, "Group not found.");

    public static ApiException NotExported => new(StatusCode.InvalidArgument, "Cannot export the group.");

    public static ApiException ExportTooLarge => new(StatusCode.ResourceExhausted, "The group is too large to be exported.");

    public static ApiException AddTooMany(int most) => new(StatusCode.InvalidArgument, $"At most {most} users can be added at once.");

    public static ApiException Cursor => new(StatusCode.Internal, "An error occurred while trying to decode group list request cursor.");

    public static ApiException AddBadGroupId => new(StatusCode.NotFound, "Invalid group ID format.");

    public static ApiException NotPromoted => new(StatusCode.FailedPrecondition, "Cannot promote user in the group.");

    public static ApiException NotDemoted => new(StatusCode.FailedPrecondition, "Cannot demote user in the group.");

    public static ApiException PromoteFailed => new(StatusCode.Internal, "An error occurred while trying to promote the user in the group.");

    public static ApiException DemoteFailed => new(StatusCode.Internal, "An error occurred while trying to demote the user in the group.");

    public static ApiException RemoveFailed => new(StatusCode.Internal, "An error occurred while trying to remove the user from the group.");

    public static ApiException NothingToUpdate => new(StatusCode.Unknown, "no group updates");

    public static ApiException NameTaken => new(StatusCode.Unknown, "group name in use");

    public static ApiException NotUpdated => new(StatusCode.Unknown, "group not updated");

    public static ApiException AddBadUserId(string id) => new(StatusCode.InvalidArgument, $"Invalid user ID format: {id}");

    public static ApiException AddUserNotFound(Guid id) =>
        new(StatusCode.InvalidArgument, $"User not found: {id}. Refresh the page to see any updates.");

    public static ApiException AddFailed(string reason) => new(StatusCode.Internal, $"An error occurred while trying to add the users: {reason}");
}
