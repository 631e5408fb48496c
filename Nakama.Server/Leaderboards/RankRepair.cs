using Nakama.Server.Cluster;
using Nakama.Server.Leaderboards.Ranks;

namespace Nakama.Server.Leaderboards;

/// <summary>Builds all ranks anew from the database when scores that other nodes have written may be unknown here.</summary>
internal sealed class RankRepair(LeaderboardRegistry registry, RankCache ranks, RankLoader loader, TimeProvider time, ILogger<RankRepair> logger)
    : RepairLoop(time, logger)
{
    protected override async ValueTask RepairAsync(CancellationToken cancellationToken)
    {
        foreach (var board in registry.All.Where(ranks.Keeps).ToArray())
        {
            foreach (var expiry in ranks.PeriodsOf(board.Id))
                await ranks.RebuildAsync(board.Id, expiry, table => loader.FillAsync(table, board.Id, expiry, cancellationToken));
        }
    }
}
