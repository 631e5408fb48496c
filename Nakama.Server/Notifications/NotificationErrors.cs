using Nakama.Server.Errors;

namespace Nakama.Server.Notifications;

/// <summary>Every refusal of the notification methods.</summary>
public static class NotificationErrors
{
    public static ApiError InvalidLimit => new(StatusCode.InvalidArgument, "Invalid limit - limit must be between 1 and 100.");

    public static ApiError Cursor => new(StatusCode.InvalidArgument, "Cursor is invalid.");

    public static ApiError ListFailed => new(StatusCode.Internal, "Error retrieving notifications.");

    public static ApiError DeleteFailed => new(StatusCode.Internal, "Error while deleting notifications.");
}
