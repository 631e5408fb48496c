using Nakama.Server.Errors;
using Nakama.Server.Hooks;
using Nakama.Server.Leaderboards;
using Nakama.Server.Matchmaking;
using Nakama.Server.Realtime;
using Nakama.Server.Rpc;
using Nakama.Server.Storage;
using Nakama.Server.Wire.Api;
using Nakama.Server.Wire.Realtime;

namespace Nakama.Server.Runtime;

/// <summary>
/// Loads the modules of all languages before the doors open, and connects what they registered. Where two languages
/// claim a name, the one that stands first in <see cref="ScriptLanguage"/> has it.
/// </summary>
internal sealed class RuntimeModules(
    IEnumerable<IScriptRuntime> runtimes, RpcRegistry rpcs, HookRegistry hooks, StorageIndexRegistry indexes, LeaderboardCallbacks boards,
    MatchmakerHooks matchmaker, NakamaOptions options, TimeProvider time, ILogger<RuntimeModules> log)
    : IHostedLifecycleService
{
    private static readonly HashSet<string> Requests = new(
        ApiReflection.Descriptor.Services[0].Methods.Select(static method => method.Name), StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Messages = new(
        Enum.GetValues<Envelope.MessageOneofCase>().Where(RealtimeMap.IsFromClients).Select(static message => message.ToString()), StringComparer.OrdinalIgnoreCase);

    private Func<CancellationToken, ValueTask>? _shutdown;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After the database was checked and what features keep in memory was loaded.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var runtime in runtimes.OrderByDescending(static runtime => runtime.Language))
        {
            var registrations = await runtime.LoadAsync(cancellationToken);
            foreach (var (id, function) in registrations.Rpcs)
            {
                rpcs.Register(id, function);
                ModuleLog.RegisteredRpc(log, runtime.Language, id);
            }

            // A name that no message has is accepted and never called.
            foreach (var (name, hook) in registrations.BeforeRequests.Where(static hook => Requests.Contains(hook.Key))) hooks.Before(name, hook);
            foreach (var (name, hook) in registrations.AfterRequests.Where(static hook => Requests.Contains(hook.Key))) hooks.After(name, hook);
            foreach (var (name, hook) in registrations.BeforeMessages.Where(static hook => Messages.Contains(hook.Key))) hooks.Before(name, hook);
            foreach (var (name, hook) in registrations.AfterMessages.Where(static hook => Messages.Contains(hook.Key))) hooks.After(name, hook);
            foreach (var index in registrations.StorageIndexes) Define(index);
            foreach (var (name, filter) in registrations.StorageIndexFilters) indexes.Filter(name, filter);
            matchmaker.Matched = registrations.MatchmakerMatched ?? matchmaker.Matched;
            boards.LeaderboardReset = registrations.LeaderboardReset ?? boards.LeaderboardReset;
            boards.TournamentEnd = registrations.TournamentEnd ?? boards.TournamentEnd;
            boards.TournamentReset = registrations.TournamentReset ?? boards.TournamentReset;
            _shutdown = registrations.Shutdown ?? _shutdown;
        }
    }

    /// <exception cref="StartupError">There is another index of that name, or something is missing.</exception>
    private void Define(StorageIndexDefinition index)
    {
        try
        {
            indexes.Define(index);
        }
        catch (StorageIndexException e)
        {
            throw new StartupError($"The storage index {index.Name} of the modules is refused: {e.Message}", e);
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Modules get the time of grace that matches get; without grace they are not asked.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_shutdown is null || options.ShutdownGraceSec <= 0) return;
        using var grace = new CancellationTokenSource(TimeSpan.FromSeconds(options.ShutdownGraceSec), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(grace.Token, cancellationToken);
        try
        {
            await _shutdown(either.Token);
        }
        catch (Exception e)
        {
            ModuleLog.ShutdownFailed(log, e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
