namespace Nakama.Server.Runtime;

internal static partial class ModuleLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded {Language} modules {Count} from {Path}")]
    public static partial void Loaded(ILogger log, string language, int count, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "Registered {Language} runtime RPC function invocation {Id}")]
    public static partial void RegisteredRpc(ILogger log, ScriptLanguage language, string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shutdown function of the modules failed")]
    public static partial void ShutdownFailed(ILogger log, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A function for modules failed: {Name}")]
    public static partial void HostFunctionFailed(ILogger log, Exception error, string name);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Message} {Mode} {Label} {Trace}")]
    public static partial void FunctionFailed(ILogger log, string message, string mode, string label, string trace);

    [LoggerMessage(Level = LogLevel.Information, Message = "A function was called with what is no JSON {Label} {Reason}")]
    public static partial void PayloadNotJson(ILogger log, string label, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "New calls and matches run on version {Version} of the {Language} modules")]
    public static partial void Version(ILogger log, ScriptLanguage language, string version);

    [LoggerMessage(Level = LogLevel.Error, Message = "The changed {Language} modules are not loaded, version {Version} goes on: {Reason}")]
    public static partial void NotReloaded(ILogger log, ScriptLanguage language, string version, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The storage index {Index} of the modules has another definition than before; it needs a new start of the server")]
    public static partial void IndexNeedsStart(ILogger log, string index);
}
