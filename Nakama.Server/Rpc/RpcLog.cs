namespace Nakama.Server.Rpc;

internal static partial class RpcLog
{
    [LoggerMessage(1, LogLevel.Error, "The function {Id} failed")]
    public static partial void FunctionFailed(ILogger logger, Exception error, string id);
}
