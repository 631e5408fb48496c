namespace Nakama.Server.Storage;

internal static partial class StorageLog
{
    [LoggerMessage(LogLevel.Error, "{Operation} failed in the database")]
    public static partial void StatementFailed(ILogger log, Exception exception, string operation);
}
