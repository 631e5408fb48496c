namespace Nakama.Server.Runtime.Functions;

/// <summary>What modules log, and what is logged about them.</summary>
internal static partial class RuntimeLog
{
    // The message of a line is the module's own; the rest are fields.
    [LoggerMessage(Message = "{Message} {Runtime} {Mode} {Label}")]
    public static partial void FromModule(ILogger log, LogLevel level, string message, string runtime, string mode, string label);
}
