namespace Nakama.Server.Runtime.JavaScript;

internal static partial class JavaScriptLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A JavaScript function does not stop at its limit, its thread is written off {Count}")]
    public static partial void ThreadLost(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A JavaScript engine could not be replaced")]
    public static partial void NotReplaced(ILogger log, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The values of a JavaScript interpreter take more than {Megabytes} MB, it is replaced")]
    public static partial void EngineTooLarge(ILogger log, int megabytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The source map of {File} cannot be used: {Reason}")]
    public static partial void SourceMapUnusable(ILogger log, string file, string reason);

    [LoggerMessage(Message = "{Text} {Mode} {Label} {Fields}")]
    public static partial void FromModule(ILogger log, LogLevel level, string text, string mode, string label, string fields);
}
