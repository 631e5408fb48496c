using System.Runtime.InteropServices;
using Nakama.Server.Errors;
using Nakama.Server.Sessions;

namespace Nakama.Server.Hosting;

/// <summary>
/// What frames a node's life: the lines and folders before anything else starts, the ports once all of it runs, the
/// end of every session when it stops.
/// </summary>
internal sealed class NodeStartup(NakamaOptions options, SessionRegistry sessions, ILoggerFactory loggers) : IHostedLifecycleService
{
    private readonly ILogger _log = StartupLog.Create(loggers);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        StartupLog.Starting(_log);
        StartupLog.Node(
            _log, options.Name, NodeVersion.Text, RuntimeInformation.FrameworkDescription, Environment.ProcessorCount, Environment.ProcessorCount);
        foreach (var warning in ConfigWarnings.For(options)) StartupLog.Warn(_log, warning.Message, warning.Field);
        try
        {
            Directory.CreateDirectory(options.DataDir);
            Directory.CreateDirectory(options.Runtime.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupError($"Could not create data directory {options.DataDir}", e);
        }

        StartupLog.DataDirectory(_log, options.DataDir);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (options.Metrics.PrometheusPort > 0) StartupLog.MetricsListening(_log, options.Metrics.PrometheusPort);
        StartupLog.ApiGrpcListening(_log, options.Socket.Port - 1);
        StartupLog.ApiListening(_log, options.Socket.Port);
        StartupLog.ConsoleGrpcListening(_log, options.Console.Port - 3);
        StartupLog.ConsoleListening(_log, options.Console.Port);
        StartupLog.Done(_log);
        return Task.CompletedTask;
    }

    /// <summary>A socket is a request that never ends by itself; the listeners could not close with one open.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (options.ShutdownGraceSec > 0) StartupLog.ShutdownGrace(_log, options.ShutdownGraceSec);
        else StartupLog.ShutdownStarted(_log);
        foreach (var session in sessions.All) session.Close(SessionClose.ServerSide);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        StartupLog.ShutdownComplete(_log);
        return Task.CompletedTask;
    }
}
