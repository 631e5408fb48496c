namespace Nakama.Server.Realtime;

internal static partial class RealtimeLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A message of session {SessionId} could not be handled")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, Guid sessionId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The after hook of {Message} failed")]
    public static partial void AfterHookFailed(ILogger logger, Exception exception, string message);
}
