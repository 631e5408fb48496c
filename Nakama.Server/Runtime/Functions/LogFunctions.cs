namespace Nakama.Server.Runtime.Functions;

/// <summary>Messages in the server's log.</summary>
internal sealed class LogFunctions(ILogger<LogFunctions> log) : IFunctionModule
{
    public string Name => "Logging";

    public void Describe(FunctionGroup functions)
    {
        Describe(functions, "logger_debug", LogLevel.Debug);
        Describe(functions, "logger_info", LogLevel.Information);
        Describe(functions, "logger_warn", LogLevel.Warning);
        Describe(functions, "logger_error", LogLevel.Error);
    }

    private void Describe(FunctionGroup functions, string name, LogLevel level) =>
        functions.Function(name, $"Logs a message at the level {level}.")
            .Text("message", "expects message string")
            .Returns("message").OnlyInLua()
            .Does(call =>
            {
                if (!log.IsEnabled(level)) return call[0];
                var (message, language) = (call.Text(0), call.Language.ToString().ToLowerInvariant());
                RuntimeLog.FromModule(log, level, message, language, call.Context.Mode, call.Context.Label);
                return call[0];
            });
}
