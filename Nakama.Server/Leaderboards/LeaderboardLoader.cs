using Nakama.Server.Errors;
using Npgsql;

namespace Nakama.Server.Leaderboards;

/// <summary>Reads all definitions before modules run and listeners open.</summary>
internal sealed class LeaderboardLoader(LeaderboardStore store, RecordStore records, LeaderboardRegistry registry) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await records.EnsureAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new StartupException("Could not prepare the sequence nakama_net.record_change", e);
        }

        foreach (var board in await store.LoadAsync(cancellationToken)) registry.TryAdd(board, out _);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
