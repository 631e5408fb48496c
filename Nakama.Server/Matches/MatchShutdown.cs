using Nakama.Server.Lifecycle;

namespace Nakama.Server.Matches;

/// <summary>Ends the matches when the node stops, while the shutdown function of the modules runs.</summary>
internal sealed class MatchShutdown : IHostedLifecycleService, IDisposable
{
    private readonly MatchRegistry _registry;
    private readonly NodeInfo _node;
    private readonly NodeLifecycle _lifecycle;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _gate = new();
    private Task? _closing;

    public MatchShutdown(MatchRegistry registry, NodeInfo node, NodeLifecycle lifecycle, IHostApplicationLifetime host)
    {
        (_registry, _node, _lifecycle) = (registry, node, lifecycle);
        _registration = host.ApplicationStopping.Register(() => _ = BeginAsync());
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for the matches, for the grace period at most.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await using (cancellationToken.Register(_stopped.Cancel)) await BeginAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _registration.Dispose();
        _stopped.Dispose();
    }

    /// <summary>Begins to end the matches, unless that has begun.</summary>
    private Task BeginAsync()
    {
        lock (_gate)
        {
            if (_closing is not null) return _closing;
            // For the rest of the cluster the matches of a lost node have ended.
            var grace = _lifecycle.IsLost ? TimeSpan.Zero : _node.ShutdownGrace;
            if (grace > TimeSpan.Zero) _lifecycle.KeepAccepting(_registry.Members);
            return _closing = _registry.CloseAsync((int)grace.TotalSeconds, _stopped.Token);
        }
    }
}
