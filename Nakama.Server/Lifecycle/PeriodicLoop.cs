using Nakama.Server.Metrics;

namespace Nakama.Server.Lifecycle;

/// <summary>
/// Background work in rounds, for as long as the node runs. Rounds never overlap: one that takes longer than the period is
/// followed by the next immediately. A round that fails is logged and counted (<c>background_failures</c>, label <c>loop</c>),
/// and the next one runs; no round can end the loop or the process.
/// </summary>
public abstract class PeriodicLoop : NodeBackgroundService
{
    // The maximum due time of .NET timers is about fifty days.
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(1);

    // Rounds that fail immediately must not keep a processor busy.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly TimeSpan _period;
    private readonly bool _beginsAtOnce;
    private readonly ILogger _log;
    private readonly Counter _failures;

    /// <param name="context">What every loop needs.</param>
    /// <param name="period">From the start of one round to the start of the next; zero or less for no rounds.</param>
    /// <param name="beginsAtOnce">Whether the first round runs at the start instead of one period later.</param>
    protected PeriodicLoop(LoopContext context, TimeSpan period, bool beginsAtOnce = false)
    {
        _time = context.Time;
        _period = period < LongestPeriod ? period : LongestPeriod;
        _beginsAtOnce = beginsAtOnce;
        _log = context.Loggers.CreateLogger(GetType());
        _failures = context.Metrics.Counter("background_failures", new KeyValuePair<string, string>("loop", GetType().Name));
    }

    protected TimeProvider Time => _time;

    /// <summary>One round.</summary>
    protected abstract ValueTask RunAsync(CancellationToken cancellationToken);

    /// <summary>Waits and runs rounds.</summary>
    protected override async Task RunUntilStoppedAsync(CancellationToken stoppingToken)
    {
        if (_period <= TimeSpan.Zero) return;
        using var timer = new PeriodicTimer(_period, _time);
        if (_beginsAtOnce) await RunSafelyAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await RunSafelyAsync(stoppingToken);
    }

    /// <summary>Runs a round; false when it has failed, after a pause of a second at most.</summary>
    protected async ValueTask<bool> RunSafelyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            ReportFailure(e);
        }

        await Task.Delay(_period < PauseAfterFailure ? _period : PauseAfterFailure, _time, cancellationToken);
        return false;
    }

    /// <summary>Logs and counts a failure outside the rounds, such as that of a worker.</summary>
    protected void ReportFailure(Exception exception)
    {
        _failures.Increment();
        LifecycleLog.RoundFailed(_log, exception, GetType().Name);
    }
}
