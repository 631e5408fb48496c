namespace Nakama.Server.Rpc;

internal static partial class RpcLog
{
    [LoggerMessage(1, LogLevel.Error, "The function {Id} failed")]
    public static partial void FunctionFailed(ILogger logger, Exception error, string id);

    [LoggerMessage(2, LogLevel.Information, "The function {Id} was called with {Length} characters that are no JSON")]
    public static partial void PayloadNotJson(ILogger logger, string id, int length);

    [LoggerMessage(3, LogLevel.Information, "There is no function of the name {Id}: registered are {Names}")]
    public static partial void NoFunction(ILogger logger, string id, string names);
}
