using Npgsql;

namespace Nakama.Server.Security;

/// <summary>
/// Clears <see cref="RevocationCache"/> and its table every two session lifetimes; a late round only keeps rows longer.
/// </summary>
internal sealed partial class RevocationSweep(
    RevocationCache revocations, RevocationStore store, SessionOptions options, ConsoleOptions console, TimeProvider time,
    ILogger<RevocationSweep> log) : BackgroundService
{
    // Timers of the framework end at some fifty days.
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var period = TimeSpan.FromSeconds(2L * options.TokenExpirySec);
        using var timer = new PeriodicTimer(period < LongestPeriod ? period : LongestPeriod, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            revocations.Sweep();
            try
            {
                await store.DeleteAsync(revocations.Now, revocations.Oldest, revocations.Now - console.TokenExpirySec, stoppingToken);
            }
            catch (NpgsqlException e)
            {
                DeletionFailed(log, e);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Revocations that have ended could not be deleted")]
    private static partial void DeletionFailed(ILogger log, Exception exception);
}
