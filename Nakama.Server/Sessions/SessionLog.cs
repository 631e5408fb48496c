namespace Nakama.Server.Sessions;

internal static partial class SessionLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A listener failed while session {SessionId} was closing")]
    public static partial void ListenerFailed(ILogger logger, Exception exception, Guid sessionId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Session {SessionId} closed: {Reason}")]
    public static partial void Closed(ILogger logger, Guid sessionId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Session {SessionId} reads too slowly, its outgoing queue is full")]
    public static partial void QueueFull(ILogger logger, Guid sessionId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A deadline of a session failed to run")]
    public static partial void DeadlineFailed(ILogger logger, Exception exception);
}
