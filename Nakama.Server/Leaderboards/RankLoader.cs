using Nakama.Server.Leaderboards.Ranks;
using Nakama.Server.Lifecycle;
using Npgsql;

namespace Nakama.Server.Leaderboards;

/// <summary>
/// Reads the records of all current periods into the rank cache once, in the background. Until a leaderboard has been
/// loaded its ranks are incomplete. A failed load is retried after a delay.
/// </summary>
internal sealed class RankLoader(
    LeaderboardRegistry registry, RecordStore store, RankCache ranks, LeaderboardOptions options, TimeProvider time, ILogger<RankLoader> log)
    : NodeBackgroundService
{
    private const int PageLength = 10_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private long _count;

    protected override async Task RunUntilStoppedAsync(CancellationToken stoppingToken)
    {
        var boards = registry.All.Where(ranks.Keeps).ToArray();
        if (boards.Length == 0) return;
        var workers = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(options.RankCacheWorkers, 1), CancellationToken = stoppingToken };
        await Parallel.ForEachAsync(boards, workers, async (board, cancellationToken) => await LoadAsync(board, cancellationToken));
        LeaderboardLog.RanksLoaded(log, _count);
    }

    private async ValueTask LoadAsync(Leaderboard board, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // The leaderboard may have been deleted, or its ranks disabled, since the start.
                if (registry.Find(board.Id) is { } present && ranks.Keeps(present)) await FillAsync(board, cancellationToken);
                return;
            }
            catch (NpgsqlException e)
            {
                LeaderboardLog.RanksFailed(log, e, board.Id);
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
    }

    /// <summary>Loads the ranks of the current period of a leaderboard, which need not be in the registry yet.</summary>
    internal async ValueTask FillAsync(Leaderboard board, CancellationToken cancellationToken)
    {
        if (RecordPeriod.ExpiryOf(board, 0, time.GetUtcNow().ToUnixTimeSeconds()) is { } expiry)
            await FillAsync(ranks.TableFor(board, expiry), board.Id, expiry, cancellationToken);
    }

    /// <summary>Adds the records of a period to a table.</summary>
    internal async ValueTask FillAsync(RankTable table, string id, long expiry, CancellationToken cancellationToken)
    {
        RecordStore.Place? from = null;
        do
        {
            var page = await store.RanksAsync(id, expiry, from, PageLength, cancellationToken);
            foreach (var place in page) table.Fill(place.OwnerId, place.Score, place.Subscore);
            Interlocked.Add(ref _count, page.Count);
            from = page.Count < PageLength ? null : page[^1];
        }
        while (from is not null);
    }
}
