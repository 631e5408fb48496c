namespace Nakama.Server.Search;

/// <summary>Refreshes an index at intervals; a late or a failed round only shows changes later.</summary>
/// <param name="refresh">Refreshes it.</param>
/// <param name="intervalMs">How often, in milliseconds.</param>
/// <param name="time">Says when.</param>
/// <param name="logger">Hears of rounds that fail.</param>
internal sealed partial class LabelRefresh(Action refresh, int intervalMs, TimeProvider time, ILogger<LabelRefresh> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(intervalMs), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                refresh();
            }
            catch (Exception e)
            {
                RefreshFailed(logger, e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Labels could not be refreshed")]
    private static partial void RefreshFailed(ILogger logger, Exception exception);
}
