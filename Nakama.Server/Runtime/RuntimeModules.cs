using System.Collections.Concurrent;
using Nakama.Server.Errors;
using Nakama.Server.Lifecycle;
using Nakama.Server.Matches;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime;

/// <summary>
/// Loads the modules of all languages before the listeners open, and connects their callbacks. If two languages register
/// the same name, the one that comes first in <see cref="ScriptLanguage"/> wins. A language may be loaded again: its new
/// callbacks then replace the old ones, and calls and matches that have begun finish on the old code.
/// </summary>
internal sealed class RuntimeModules(
    IEnumerable<IScriptRuntime> runtimes, CallbackConnections connections, StorageIndexLoader indexes, MatchRegistry matches, RuntimeOptions options, NodeInfo node,
    NodeLifecycle lifecycle, TimeProvider time, ILogger<RuntimeModules> log)
    : IHostedLifecycleService
{
    private readonly IScriptRuntime[] _runtimes = [.. runtimes.OrderByDescending(static runtime => runtime.Language)];
    private readonly ConcurrentDictionary<ScriptLanguage, ModuleLoads> _loads = new();
    private volatile LoadedModules _loaded = LoadedModules.Nothing;

    /// <summary>Raised when the modules of a language were loaded, or could not be: then with the error.</summary>
    public event Action<ScriptLanguage, string?>? Changed;

    /// <summary>The languages whose modules can be loaded again.</summary>
    public IEnumerable<IScriptRuntime> Reloadable => _runtimes.Where(static runtime => runtime.FileExtension is not null);

    /// <summary>The modules that new calls run on.</summary>
    public LoadedModules Loaded => _loaded;

    public ModuleLoads LoadsOf(ScriptLanguage language) => _loads.GetValueOrDefault(language, ModuleLoads.None);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the database check and after features have loaded their in-memory state.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var runtime in _runtimes)
        {
            if (await LoadAsync(runtime, number: 1, cancellationToken) is not { } registrations) continue;
            connections.Define(registrations.StorageIndexes);
            Use(runtime.Language, registrations);
        }
    }

    /// <summary>
    /// Loads the modules of a language again; false, and the log says why, when they cannot be loaded: then the old ones go
    /// on. One language is loaded at a time.
    /// </summary>
    public async ValueTask<bool> ReloadAsync(IScriptRuntime runtime, CancellationToken cancellationToken)
    {
        var known = _loaded.Of(runtime.Language);
        try
        {
            var registrations = await LoadAsync(runtime, (known?.LoadNumber ?? 1) + 1, cancellationToken);
            var added = NewIndexesOf(registrations);
            connections.Define(added);
            Use(runtime.Language, registrations);
            // The filters are connected, so that they see the objects with which new indexes are filled.
            await indexes.AddAsync(added, cancellationToken);
            return true;
        }
        catch (StartupException e)
        {
            ModuleLog.NotReloaded(log, runtime.Language, known?.Version ?? "", e.Message);
            _loads[runtime.Language] = LoadsOf(runtime.Language) with { FailedAt = time.GetUtcNow(), LastError = e.Message };
            Changed?.Invoke(runtime.Language, e.Message);
            return false;
        }
    }

    private List<StorageIndexDefinition> NewIndexesOf(RuntimeRegistrations? registrations)
    {
        var added = new List<StorageIndexDefinition>();
        foreach (var index in registrations?.StorageIndexes ?? [])
        {
            if (connections.FindIndex(index.Name) is not { } known) added.Add(index);
            else if (!known.IsSame(index)) ModuleLog.IndexNeedsStart(log, index.Name);
        }

        return added;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Modules get the same grace period as matches; without one they are not called.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (connections.Shutdown is not { } shutdown || node.ShutdownGrace <= TimeSpan.Zero || lifecycle.IsLost) return;
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

    private async ValueTask<RuntimeRegistrations?> LoadAsync(IScriptRuntime runtime, int number, CancellationToken cancellationToken)
    {
        var hash = runtime.FileExtension is { } extension ? ModuleFiles.HashOf(options.Path, extension) : "";
        if (await runtime.LoadAsync(cancellationToken) is not { } registrations) return null;
        registrations.LoadNumber = number;
        registrations.Version = hash.Length == 0 ? $"{number}" : $"{number}-{hash}";
        ModuleLog.Version(log, runtime.Language, registrations.Version);
        return registrations;
    }

    /// <summary>Connects the callbacks of a language in place of the earlier ones.</summary>
    private void Use(ScriptLanguage language, RuntimeRegistrations? registrations)
    {
        var (before, after) = (_loaded, _loaded.With(language, registrations));
        foreach (var (key, callback) in after.Callbacks)
        {
            if (!before.Callbacks.TryGetValue(key, out var old) || old != callback) connections.Connect(callback);
        }

        foreach (var (key, callback) in before.Callbacks)
        {
            if (!after.Callbacks.ContainsKey(key)) connections.Disconnect(callback);
        }

        matches.Use([.. after.Registrations.Where(static registrations => registrations.MatchHandlers is not null)
            .Select(static registrations => new VersionedMatchHandlers(registrations))]);
        _loaded = after;
        _loads[language] = LoadsOf(language) with { LoadedAt = registrations is null ? null : time.GetUtcNow(), LastError = null };
        Changed?.Invoke(language, null);
    }
}
