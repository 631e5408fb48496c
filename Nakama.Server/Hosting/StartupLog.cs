using Nakama.Server.Lifecycle;
using Nakama.Server.Logging;

namespace Nakama.Server.Hosting;

/// <summary>The log lines of a node's start and end, which are written to stdout even where it is otherwise unused.</summary>
internal static partial class StartupLog
{
    public static ILogger Create(ILoggerFactory loggers) => loggers.CreateLogger(JsonLoggerProvider.StartupCategory);

    [LoggerMessage(Level = LogLevel.Information, Message = "Nakama starting")]
    public static partial void Starting(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {name} {version} {runtime} {cpu} {proc}")]
    public static partial void Node(ILogger log, string name, string version, string runtime, int cpu, int proc);

    [LoggerMessage(Level = LogLevel.Information, Message = "Data directory {path}")]
    public static partial void DataDirectory(ILogger log, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "Successfully loaded config file {path}")]
    public static partial void LoadedFile(ILogger log, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Unknown configuration key {param}")]
    public static partial void UnknownKey(ILogger log, string param);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{message} {param}")]
    public static partial void Warn(ILogger log, string message, string param);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{message} {param}")]
    public static partial void Refuse(ILogger log, string message, string param);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{reason}")]
    public static partial void Fatal(ILogger log, string reason, Exception? cause);

    [LoggerMessage(Level = LogLevel.Information, Message = "Starting Prometheus server for metrics requests {port}")]
    public static partial void MetricsListening(ILogger log, int port);

    [LoggerMessage(Level = LogLevel.Information, Message = "Starting API server for gRPC requests {port}")]
    public static partial void ApiGrpcListening(ILogger log, int port);

    [LoggerMessage(Level = LogLevel.Information, Message = "Starting API server gateway for HTTP requests {port}")]
    public static partial void ApiListening(ILogger log, int port);

    [LoggerMessage(Level = LogLevel.Information, Message = "Starting Console server for gRPC requests {port}")]
    public static partial void ConsoleGrpcListening(ILogger log, int port);

    [LoggerMessage(Level = LogLevel.Information, Message = "Starting Console server gateway for HTTP requests {port}")]
    public static partial void ConsoleListening(ILogger log, int port);

    [LoggerMessage(Level = LogLevel.Information, Message = "Startup done")]
    public static partial void Done(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shutdown started")]
    public static partial void ShutdownStarted(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shutdown started - use CTRL^C to force stop server {grace_period_sec}")]
    public static partial void ShutdownGrace(ILogger log, int grace_period_sec);

    [LoggerMessage(Level = LogLevel.Information, Message = "Skipping graceful shutdown")]
    public static partial void ShutdownForced(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "Shutdown complete")]
    public static partial void ShutdownComplete(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "healthcheck ok")]
    public static partial void HealthcheckOk(ILogger log);

    [LoggerMessage(Level = LogLevel.Critical, Message = "healthcheck failed")]
    public static partial void HealthcheckFailed(ILogger log, Exception? cause);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Node phase {Phase}")]
    public static partial void Entered(ILogger log, NodePhase phase);
}
