namespace Nakama.Server.Search;

/// <summary>Refreshes an index at intervals; a late round shows changes later.</summary>
/// <param name="refresh">Refreshes it.</param>
/// <param name="intervalMs">How often, in milliseconds.</param>
/// <param name="time">Says when.</param>
internal sealed class LabelRefresh(Action refresh, int intervalMs, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(intervalMs), time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) refresh();
    }
}
