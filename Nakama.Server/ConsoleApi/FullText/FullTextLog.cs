namespace Nakama.Server.ConsoleApi.FullText;

internal static partial class FullTextLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Full-text index opened {Folder} with {Rows} rows")]
    public static partial void Opened(ILogger log, string folder, int rows);

    [LoggerMessage(Level = LogLevel.Information, Message = "Full-text index filled with {Rows} rows, {Bytes} bytes")]
    public static partial void Filled(ILogger log, int rows, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Full-text index is damaged and is made anew")]
    public static partial void Damaged(ILogger log, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Full-text index cannot look for changed rows, as the table is too large {Kind}")]
    public static partial void ScanTooSlow(ILogger log, Exception exception, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Full-text index has reached its largest size of {MaxBytes} bytes, and takes in no further rows")]
    public static partial void Full(ILogger log, long maxBytes);
}
