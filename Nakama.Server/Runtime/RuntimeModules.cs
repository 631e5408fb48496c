using Nakama.Server.Runtime.Callbacks;

namespace Nakama.Server.Runtime;

/// <summary>
/// Loads the modules of all languages before the listeners open, and connects what they registered. Where two languages
/// claim a name, the one that stands first in <see cref="ScriptLanguage"/> has it.
/// </summary>
internal sealed class RuntimeModules(
    IEnumerable<IScriptRuntime> runtimes, CallbackConnections connections, NakamaOptions options, TimeProvider time, ILogger<RuntimeModules> log)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After the database was checked and what features keep in memory was loaded.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var runtime in runtimes.OrderByDescending(static runtime => runtime.Language))
        {
            if (await runtime.LoadAsync(cancellationToken) is not { } registrations) continue;
            foreach (var (kind, name) in registrations.Callbacks) connections.Connect(registrations.Invoker, kind, name);
            foreach (var index in registrations.StorageIndexes) connections.Define(index);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Modules get the time of grace that matches get; without grace they are not asked.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (connections.Shutdown is not { } shutdown || options.ShutdownGraceSec <= 0) return;
        using var grace = new CancellationTokenSource(TimeSpan.FromSeconds(options.ShutdownGraceSec), time);
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
