namespace Nakama.Server.Transport;

internal static partial class TransportLog
{
    [LoggerMessage(1, LogLevel.Warning, "As many connections are open as the process can hold; those that send nothing are closed to make room {connections} {silent}")]
    public static partial void ConnectionsFull(ILogger logger, int connections, int silent);
}
