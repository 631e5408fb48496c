using Nakama.Server.Cluster;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.ConsoleApi.History;

/// <summary>
/// Deletes entries that are older than <c>console.history.max_age_sec</c>, every ten minutes, some at a time, on one node. A late
/// round only keeps them longer, and two nodes at once delete the same rows.
/// </summary>
internal sealed class HistorySweep(HistoryStore store, WorkOwner owner, ConsoleOptions options, LoopContext context)
    : PeriodicLoop(context, TimeSpan.FromSeconds(Math.Min(LongestPeriodSec, options.History.MaxAgeSec)))
{
    private const int LongestPeriodSec = 600;

    private const string Work = "console history";

    protected override async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        if (!owner.IsMine(Work)) return;
        var before = Time.GetUtcNow() - TimeSpan.FromSeconds(options.History.MaxAgeSec);
        while (await store.PruneAsync(before, cancellationToken))
        {
        }
    }
}
