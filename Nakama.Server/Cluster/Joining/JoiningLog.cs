namespace Nakama.Server.Cluster.Joining;

internal static partial class JoiningLog
{
    [LoggerMessage(LogLevel.Warning, "Other nodes cannot be found at {Place} {Reason}")]
    public static partial void NotFound(ILogger logger, string place, string reason);

    [LoggerMessage(LogLevel.Information, "Joining the cluster of {Addresses}")]
    public static partial void Joining(ILogger logger, string addresses);

    [LoggerMessage(LogLevel.Information, "No other node is there, this one begins a cluster")]
    public static partial void Founding(ILogger logger);

    [LoggerMessage(LogLevel.Information, "Member of the cluster as {Name} {Address} {Incarnation}")]
    public static partial void Up(ILogger logger, string name, string address, long incarnation);

    [LoggerMessage(LogLevel.Warning, "The cluster could not be joined yet, trying again {Reason}")]
    public static partial void NotYet(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "The name {Name} may be taken by the node at {Address}, waiting")]
    public static partial void NameMayBeTaken(ILogger logger, string name, string address);

    [LoggerMessage(LogLevel.Warning, "Node {Node} does not answer")]
    public static partial void Unreachable(ILogger logger, string node);

    [LoggerMessage(LogLevel.Information, "Node {Node} answers again")]
    public static partial void Reachable(ILogger logger, string node);

    [LoggerMessage(LogLevel.Critical, "The other nodes have removed this one or cannot be reached, the process ends")]
    public static partial void Lost(ILogger logger);

    [LoggerMessage(LogLevel.Critical, "Another process has taken the name {Name}, this one ends")]
    public static partial void Replaced(ILogger logger, string name);

    [LoggerMessage(LogLevel.Warning, "The row of this node could not be renewed {Reason}")]
    public static partial void NotRenewed(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Left the cluster")]
    public static partial void Left(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "The cluster could not be left in order")]
    public static partial void NotLeft(ILogger logger, Exception exception);
}
