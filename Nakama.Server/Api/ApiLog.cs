namespace Nakama.Server.Api;

internal static partial class ApiLog
{
    [LoggerMessage(1, LogLevel.Error, "Could not complete {Method}")]
    public static partial void MethodFailed(ILogger logger, Exception error, string method);

    [LoggerMessage(2, LogLevel.Warning, "The database is unavailable to {Method}: {Reason}")]
    public static partial void DatabaseUnavailable(ILogger logger, string method, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The before hook of {Method} returned nothing")]
    public static partial void BeforeHookStopped(ILogger logger, string method);

    [LoggerMessage(4, LogLevel.Error, "The after hook of {Method} failed")]
    public static partial void AfterHookFailed(ILogger logger, Exception error, string method);
}
