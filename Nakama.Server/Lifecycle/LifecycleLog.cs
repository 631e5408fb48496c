namespace Nakama.Server.Lifecycle;

internal static partial class LifecycleLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A round of background work failed {Loop}")]
    public static partial void RoundFailed(ILogger log, Exception exception, string loop);
}
