namespace Nakama.Server.Parties;

/// <summary>
/// Ends the parties that everyone has left without their noticing, every <c>party.idle_check_interval_ms</c>; a late round
/// only keeps them longer.
/// </summary>
internal sealed class PartyIdleCheck(PartyRegistry registry, PartyOptions options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.IdleCheckIntervalMs <= 0) return;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(options.IdleCheckIntervalMs), time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) registry.StopIdle();
    }
}
