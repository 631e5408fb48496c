using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi;

/// <summary>The errors of the notification methods of the console.</summary>
internal static class ConsoleNotificationErrors
{
    public static ApiException NotFound => new(StatusCode.NotFound, "Notification not found.");

    public static ApiException GetFailed => new(StatusCode.Internal, "failed to fetch notification");

    public static ApiException DeleteFailed => new(StatusCode.Internal, "failed to delete notification");

    public static ApiException SendFailed => new(StatusCode.Internal, "failed to send notification");

    public static ApiException SendBadUser => new(StatusCode.Internal, "failed to send notification, invalid user id");

    public static ApiException SendSystemUser => new(StatusCode.Internal, "failed to send notification, cannot send to system user");

    public static ApiException SendBadSender => new(StatusCode.Internal, "failed to send notification, invalid sender id");

    public static ApiException TooMany => new(StatusCode.InvalidArgument, "Cannot send a notification to more than 10000 users at once.");

    public static ApiException Busy => new(StatusCode.ResourceExhausted, "Too many notifications to all users are waiting.");

    public static ApiException Cursor => new(StatusCode.InvalidArgument, "Malformed cursor was used.");

    public static ApiException BadUserFilter(string text) => new(StatusCode.Unknown, $"ERROR: invalid input syntax for type uuid: \"{text}\" (SQLSTATE 22P02)");
}
