namespace Nakama.Server.Security;

/// <summary>
/// Limits the events per second and the size of a burst to the same number (the generic cell rate algorithm). The only state
/// per sender is one number: the time at which the sender's allowance is full again. Zero is a full allowance.
/// </summary>
/// <param name="maxPerSec">At least 1.</param>
/// <param name="time">The clock.</param>
public sealed class RateLimit(int maxPerSec, TimeProvider time)
{
    /// <summary>The number of seconds after which a refused sender is admitted again, if it sends nothing meanwhile.</summary>
    public const int RetryAfterSec = 1;

    private readonly long _interval = time.TimestampFrequency / maxPerSec;
    private readonly long _tolerance = time.TimestampFrequency - (time.TimestampFrequency / maxPerSec);

    /// <summary>Counts one more event unless there were too many. Refused events do not count. Thread-safe.</summary>
    /// <param name="fullAt">The state of the sender.</param>
    public bool Admits(ref long fullAt)
    {
        var now = time.GetTimestamp();
        while (true)
        {
            var known = Volatile.Read(ref fullAt);
            var from = Math.Max(known, now);
            if (from - now > _tolerance) return false;
            if (Interlocked.CompareExchange(ref fullAt, from + _interval, known) == known) return true;
        }
    }
}
