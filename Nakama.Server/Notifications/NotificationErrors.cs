using Nakama.Server.Errors;

namespace Nakama.Server.Notifications;

/// <summary>The errors of the notification methods.</summary>
public static class NotificationErrors
{
    public static ApiException InvalidLimit => new(StatusCode.InvalidArgument, "Invalid limit - limit must be between 1 and 100.");

    public static ApiException Cursor => new(StatusCode.InvalidArgument, "Cursor is invalid.");

    public static ApiException ListFailed => new(StatusCode.Internal, "Error retrieving notifications.");

    public static ApiException DeleteFailed => new(StatusCode.Internal, "Error while deleting notifications.");
}
