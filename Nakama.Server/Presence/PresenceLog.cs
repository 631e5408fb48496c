namespace Nakama.Server.Presence;

internal static partial class PresenceLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A presence event of stream mode {Mode} could not be told")]
    public static partial void EventFailed(ILogger logger, Exception exception, byte mode);

    [LoggerMessage(Level = LogLevel.Error, Message = "Presences could not be told to other nodes")]
    public static partial void ReplicationFailed(ILogger logger, Exception exception);
}
