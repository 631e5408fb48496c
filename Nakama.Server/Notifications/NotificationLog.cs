namespace Nakama.Server.Notifications;

internal static partial class NotificationLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Could not store notifications; none of them is sent.")]
    public static partial void StoreFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Could not find the users to notify; those not reached yet get nothing.")]
    public static partial void BroadcastFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Could not list notifications.")]
    public static partial void ListFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Could not delete notifications.")]
    public static partial void DeleteFailed(ILogger logger, Exception exception);
}
