namespace Nakama.Server.Runtime.Functions;

/// <summary>Log messages from modules and about them.</summary>
internal static partial class RuntimeLog
{
    // The message is the module's own; the other values are fields.
    [LoggerMessage(Message = "{Message} {Runtime} {Mode} {Label}")]
    public static partial void FromModule(ILogger log, LogLevel level, string message, string runtime, string mode, string label);
}
