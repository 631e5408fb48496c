namespace Nakama.Server.Transport;

internal static partial class TransportLog
{
    [LoggerMessage(1, LogLevel.Warning, "As many connections are open as the process can hold; those that send nothing are closed to make room {connections} {silent}")]
    public static partial void ConnectionsFull(ILogger logger, int connections, int silent);

    [LoggerMessage(Level = LogLevel.Information, Message = "Connections that did not end by themselves were closed {Count}")]
    public static partial void ConnectionsCut(ILogger log, int count);
}
