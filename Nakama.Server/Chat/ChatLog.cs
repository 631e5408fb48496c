namespace Nakama.Server.Chat;

internal static partial class ChatLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Could not check whether a user may join a channel.")]
    public static partial void LookupFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Could not change the history of a channel.")]
    public static partial void NotStored(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Could not list the history of a channel.")]
    public static partial void ListFailed(ILogger logger, Exception exception);
}
