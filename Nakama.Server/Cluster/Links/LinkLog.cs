namespace Nakama.Server.Cluster.Links;

internal static partial class LinkLog
{
    [LoggerMessage(LogLevel.Information, "Listening for other nodes {Address}")]
    public static partial void Listening(ILogger logger, string address);

    [LoggerMessage(LogLevel.Information, "Connected to node {Node} {Address}")]
    public static partial void Connected(ILogger logger, string node, string address);

    [LoggerMessage(LogLevel.Warning, "The connection to node {Node} is lost or cannot be made {Reason}")]
    public static partial void Disconnected(ILogger logger, string node, string reason);

    [LoggerMessage(LogLevel.Error, "The connection to node {Node} has failed")]
    public static partial void Failed(ILogger logger, Exception exception, string node);

    [LoggerMessage(LogLevel.Warning, "Too many messages wait for node {Node}, the connection begins anew {Count}")]
    public static partial void Overflowed(ILogger logger, string node, int count);

    [LoggerMessage(LogLevel.Warning, "Frames of node {Node} were refused {Reason}")]
    public static partial void FrameRefused(ILogger logger, string node, FrameError reason);

    [LoggerMessage(LogLevel.Warning, "Connections of {Address} to the port for nodes were rejected {Reason}")]
    public static partial void Rejected(ILogger logger, string address, string reason);
}
