namespace Nakama.Server.Runtime.Events;

internal static partial class EventLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue of events is full; an event is dropped: {Name}")]
    public static partial void Dropped(ILogger log, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "A handler of an event failed: {Name}")]
    public static partial void HandlerFailed(ILogger log, Exception error, string name);
}
