namespace Nakama.Server.Security;

/// <summary>Clears <see cref="RevocationCache"/> every two session lifetimes; a late round only keeps memory longer.</summary>
internal sealed class RevocationSweep(RevocationCache revocations, SessionOptions options, TimeProvider time) : BackgroundService
{
    // Timers of the framework end at some fifty days.
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var period = TimeSpan.FromSeconds(2L * options.TokenExpirySec);
        using var timer = new PeriodicTimer(period < LongestPeriod ? period : LongestPeriod, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) revocations.Sweep();
    }
}
