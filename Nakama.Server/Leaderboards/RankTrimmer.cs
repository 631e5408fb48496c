using Nakama.Server.Leaderboards.Ranks;

namespace Nakama.Server.Leaderboards;

/// <summary>Drops the ranks of past periods and forgets old deletions every hour; a late round finds more to drop.</summary>
internal sealed class RankTrimmer(RankCache ranks, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            ranks.DropExpired(time.GetUtcNow().ToUnixTimeSeconds());
            ranks.ForgetDeletions();
        }
    }
}
