namespace Nakama.Server.Purchases.StoreNotifications;

internal static partial class StoreNotificationLog
{
    [LoggerMessage(LogLevel.Error, "A store's notification could not be handled; the store will send it again")]
    public static partial void Failed(ILogger log, Exception exception);

    [LoggerMessage(LogLevel.Warning, "A store's notification is for no user there is")]
    public static partial void NoUser(ILogger log);

    [LoggerMessage(LogLevel.Error, "Game logic failed to follow a store's notification")]
    public static partial void FunctionFailed(ILogger log, Exception exception);
}
