namespace Nakama.Server.ConsoleApi.StorageImport;

internal static partial class StorageImportLog
{
    [LoggerMessage(LogLevel.Warning, "Importing storage objects failed")]
    public static partial void Failed(ILogger log, Exception exception);
}
