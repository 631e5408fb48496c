namespace Nakama.Server.Cluster;

internal static partial class BusLog
{
    [LoggerMessage(LogLevel.Information, "Node {Node} joined the cluster")]
    public static partial void Joined(ILogger logger, string node);

    [LoggerMessage(LogLevel.Warning, "Node {Node} left the cluster")]
    public static partial void Left(ILogger logger, string node);

    [LoggerMessage(LogLevel.Error, "Message {Code} of node {Node} could not be handled")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, ushort code, string node);

    [LoggerMessage(LogLevel.Error, "The change of membership of node {Node} could not be handled")]
    public static partial void MemberHandlerFailed(ILogger logger, Exception exception, string node);

    [LoggerMessage(LogLevel.Error, "What other nodes have changed could not be read, trying again {Repair}")]
    public static partial void RepairFailed(ILogger logger, Exception exception, string repair);

    [LoggerMessage(LogLevel.Warning, "Node {Node} sent an unknown message {Code}")]
    public static partial void Unknown(ILogger logger, string node, ushort code);

    [LoggerMessage(LogLevel.Warning, "Node {Node} sent a frame that cannot be read")]
    public static partial void Unreadable(ILogger logger, string node);

    [LoggerMessage(LogLevel.Debug, "A message to node {Node} was dropped")]
    public static partial void NotSent(ILogger logger, string node);
}
