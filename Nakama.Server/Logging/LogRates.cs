namespace Nakama.Server.Logging;

/// <summary>How many lines the bound on each kind of message has kept out of the log, and the bound itself.</summary>
public sealed class LogRates(TimeProvider time)
{
    /// <summary>Lines of one kind within a period; whoever can cause a line can cause no more of them than these.</summary>
    public const int MaxLines = 60;

    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private long _dropped;

    public long Dropped => Volatile.Read(ref _dropped);

    internal long Timestamp => time.GetTimestamp();

    internal bool IsOver(long startedAt, long now) => time.GetElapsedTime(startedAt, now) >= Period;

    internal void CountDropped() => Interlocked.Increment(ref _dropped);
}
