namespace Nakama.Server.Transport.Grpc;

internal static partial class GrpcLog
{
    [LoggerMessage(1, LogLevel.Error, "Could not answer {Path}")]
    public static partial void CallFailed(ILogger logger, Exception error, string path);
}
