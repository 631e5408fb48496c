using System.Runtime.InteropServices;
using Nakama.Server.Config;
using Nakama.Server.Errors;
using Nakama.Server.Lifecycle;
using Nakama.Server.Sessions;

namespace Nakama.Server.Hosting;

/// <summary>
/// Takes the node through its phases: the log lines and folders before anything else starts, the ports once everything runs, the
/// end of every session when it stops.
/// </summary>
internal sealed class NodeStartup : IHostedLifecycleService
{
    private readonly NakamaOptions _options;
    private readonly NodeLifecycle _lifecycle;
    private readonly SessionRegistry _sessions;
    private readonly ILogger _log;

    public NodeStartup(
        NakamaOptions options, NodeLifecycle lifecycle, SessionRegistry sessions, IHostApplicationLifetime host, ILoggerFactory loggers)
    {
        (_options, _lifecycle, _sessions) = (options, lifecycle, sessions);
        _log = StartupLog.Create(loggers);
        // Before anything else is asked to stop, including the shutdown function of modules.
        host.ApplicationStopping.Register(() => Enter(NodePhase.Draining));
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        StartupLog.Starting(_log);
        StartupLog.Node(
            _log, _options.Name, NodeVersion.Text, RuntimeInformation.FrameworkDescription, Environment.ProcessorCount, Environment.ProcessorCount);
        foreach (var warning in ConfigWarnings.For(_options)) StartupLog.Warn(_log, warning.Message, warning.Field);
        try
        {
            Directory.CreateDirectory(_options.DataDir);
            Directory.CreateDirectory(_options.Runtime.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"Could not create data directory {_options.DataDir}", e);
        }

        StartupLog.DataDirectory(_log, _options.DataDir);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (_options.Metrics.PrometheusPort > 0) StartupLog.MetricsListening(_log, _options.Metrics.PrometheusPort);
        StartupLog.ApiGrpcListening(_log, _options.Socket.Port - 1);
        StartupLog.ApiListening(_log, _options.Socket.Port);
        StartupLog.ConsoleGrpcListening(_log, _options.Console.Port - 3);
        StartupLog.ConsoleListening(_log, _options.Console.Port);
        StartupLog.Done(_log);
        Enter(NodePhase.Ready);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Runs last among the hosted services, after the modules' shutdown work. A socket would never end by itself.
    /// </summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_options.ShutdownGraceSec > 0 && !_lifecycle.IsLost) StartupLog.ShutdownGrace(_log, _options.ShutdownGraceSec);
        else StartupLog.ShutdownStarted(_log);
        Enter(NodePhase.Closing);
        var reason = _lifecycle.IsLost ? SessionClose.NodeLost : SessionClose.ServerSide;
        foreach (var session in _sessions.All) session.Close(reason);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Enter(NodePhase.Stopped);
        StartupLog.ShutdownComplete(_log);
        return Task.CompletedTask;
    }

    private void Enter(NodePhase phase)
    {
        if (_lifecycle.TryEnter(phase)) StartupLog.Entered(_log, phase);
    }
}
