using Nakama.Server.Leaderboards.Ranks;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.Leaderboards;

/// <summary>Drops the ranks of past periods and forgets old deletions every hour; a delayed run only finds more to drop.</summary>
internal sealed class RankTrimmer(RankCache ranks, LoopContext context) : PeriodicLoop(context, TimeSpan.FromHours(1))
{
    protected override ValueTask RunAsync(CancellationToken cancellationToken)
    {
        ranks.DropExpired(Time.GetUtcNow().ToUnixTimeSeconds());
        ranks.ForgetDeletions();
        return ValueTask.CompletedTask;
    }
}
