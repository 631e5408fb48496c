namespace Nakama.Server.Transport.SignalR;

internal static partial class SignalRLog
{
    [LoggerMessage(LogLevel.Error, "The method {Method} of the hub failed")]
    public static partial void CallFailed(ILogger logger, Exception exception, string method);
}
