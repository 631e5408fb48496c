namespace Nakama.Server.Logging;

/// <summary>The bound on the lines of each kind of message, and the number of lines dropped because of it.</summary>
public sealed class LogRates(TimeProvider time)
{
    /// <summary>The maximum number of lines of one kind within a period, whatever causes them.</summary>
    public const int MaxLines = 60;

    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private long _dropped;

    public long Dropped => Volatile.Read(ref _dropped);

    internal long Timestamp => time.GetTimestamp();

    internal bool IsOver(long startedAt, long now) => time.GetElapsedTime(startedAt, now) >= Period;

    internal void CountDropped() => Interlocked.Increment(ref _dropped);
}
