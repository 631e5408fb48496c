namespace Nakama.Server.Matchmaking;

/// <summary>
/// Makes matches once per interval, counted from the start of the node. A round that takes longer than the interval is
/// followed by the next one at once; rounds never overlap.
/// </summary>
internal sealed class MatchmakerLoop(
    Matchmaker matchmaker, MatchmakerRounds rounds, MatchmakerOptions options, TimeProvider time, ILogger<MatchmakerLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.IntervalSec), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await rounds.RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                MatchmakerLog.RoundFailed(logger, e);
            }
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        matchmaker.Stop();
        return base.StopAsync(cancellationToken);
    }
}
