using Nakama.Server.Lifecycle;

namespace Nakama.Server.Matches;

/// <summary>Ends the matches when the node stops, while the shutdown function of the modules runs.</summary>
internal sealed class MatchShutdown : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationTokenSource _stopped = new();
    private Task _closing = Task.CompletedTask;

    public MatchShutdown(MatchRegistry registry, NodeInfo node, NodeLifecycle lifecycle, IHostApplicationLifetime host) =>
        _registration = host.ApplicationStopping.Register(() =>
        {
            if (node.ShutdownGrace > TimeSpan.Zero) lifecycle.KeepAccepting(registry.Members);
            _closing = registry.CloseAsync((int)node.ShutdownGrace.TotalSeconds, _stopped.Token);
        });

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for the matches, for the grace period at most.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await using (cancellationToken.Register(_stopped.Cancel)) await _closing;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _registration.Dispose();
        _stopped.Dispose();
    }
}
