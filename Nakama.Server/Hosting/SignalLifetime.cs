using System.Runtime.InteropServices;

namespace Nakama.Server.Hosting;

/// <summary>The first signal stops the node gracefully, the second ends the process immediately.</summary>
internal sealed class SignalLifetime(IHostApplicationLifetime host, ILoggerFactory loggers) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _received;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT])
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _received) == 1)
        {
            host.StopApplication();
            return;
        }

        var log = StartupLog.Create(loggers);
        StartupLog.ShutdownForced(log);
        Environment.Exit(0);
    }
}
