namespace Nakama.Server.Storage;

internal static partial class StorageLog
{
    [LoggerMessage(LogLevel.Information, "Storage index {Index} holds {Count} objects")]
    public static partial void IndexLoaded(ILogger log, string index, int count);

    [LoggerMessage(LogLevel.Error, "Storage index {Index} is not filled; this is tried again")]
    public static partial void IndexNotFilled(ILogger log, Exception exception, string index);

    [LoggerMessage(LogLevel.Error, "The filter of storage index {Index} failed for {Key}; the object is left out")]
    public static partial void IndexFilterFailed(ILogger log, Exception exception, string index, string key);
}
