namespace Nakama.Server.Cluster.Membership;

internal static partial class MembershipLog
{
    [LoggerMessage(LogLevel.Error, "Membership of the cluster {Source} {Text}")]
    public static partial void Error(ILogger logger, Exception? exception, string source, string text);

    [LoggerMessage(LogLevel.Debug, "Membership of the cluster {Source} {Text}")]
    public static partial void Debug(ILogger logger, string source, string text);
}
