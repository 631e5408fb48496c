namespace Nakama.Server.Transport;

internal static partial class TransportLog
{
    [LoggerMessage(1, LogLevel.Warning, "As many connections are open as the process can hold; those that send nothing are closed to make room {connections} {silent}")]
    public static partial void ConnectionsFull(ILogger logger, int connections, int silent);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Requests come with X-Forwarded-For from a peer that socket.trusted_proxies does not name; limits and lockouts of addresses leave such peers out {peer}")]
    public static partial void ForwardedByUnknown(ILogger log, System.Net.IPAddress peer);

    [LoggerMessage(Level = LogLevel.Information, Message = "Connections that did not end by themselves were closed {Count}")]
    public static partial void ConnectionsCut(ILogger log, int count);
}
