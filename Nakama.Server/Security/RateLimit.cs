namespace Nakama.Server.Security;

/// <summary>
/// How often something may happen in a second, and how often at one moment, which is the same number (the generic cell rate
/// algorithm). All it remembers of a sender is one number: when the sender's allowance is full again. Zero is a full allowance.
/// </summary>
/// <param name="maxPerSec">At least 1.</param>
/// <param name="time">The clock.</param>
public sealed class RateLimit(int maxPerSec, TimeProvider time)
{
    /// <summary>After so many seconds whoever was refused is admitted again, if it sends nothing meanwhile.</summary>
    public const int RetryAfterSec = 1;

    private readonly long _interval = time.TimestampFrequency / maxPerSec;
    private readonly long _tolerance = time.TimestampFrequency - (time.TimestampFrequency / maxPerSec);

    /// <summary>Counts one more unless there were too many. Refused ones do not count. Safe from several threads.</summary>
    /// <param name="fullAt">What is remembered of the sender.</param>
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
