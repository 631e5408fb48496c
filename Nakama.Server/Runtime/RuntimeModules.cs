using Nakama.Server.Lifecycle;
using Nakama.Server.Matches;
using Nakama.Server.Runtime.Callbacks;

namespace Nakama.Server.Runtime;

/// <summary>
/// Loads the modules of all languages before the listeners open, and connects their callbacks. If two languages register
/// the same name, the one that comes first in <see cref="ScriptLanguage"/> wins.
/// </summary>
internal sealed class RuntimeModules(
    IEnumerable<IScriptRuntime> runtimes, CallbackConnections connections, MatchRegistry matches, NodeInfo node, TimeProvider time,
    ILogger<RuntimeModules> log)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the database check and after features have loaded their in-memory state.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var runtime in runtimes.OrderByDescending(static runtime => runtime.Language))
        {
            if (await runtime.LoadAsync(cancellationToken) is not { } registrations) continue;
            foreach (var (kind, name) in registrations.Callbacks) connections.Connect(registrations.Invoker, kind, name);
            if (registrations.MatchHandlers is { } handlers) matches.Use(handlers);
            foreach (var index in registrations.StorageIndexes) connections.Define(index);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Modules get the same grace period as matches; without one they are not called.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (connections.Shutdown is not { } shutdown || node.ShutdownGrace <= TimeSpan.Zero) return;
        using var grace = new CancellationTokenSource(node.ShutdownGrace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(grace.Token, cancellationToken);
        try
        {
            await shutdown(either.Token);
        }
        catch (Exception e)
        {
            ModuleLog.ShutdownFailed(log, e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
