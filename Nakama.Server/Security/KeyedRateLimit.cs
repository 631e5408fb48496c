namespace Nakama.Server.Security;

/// <summary>
/// A <see cref="RateLimit"/> for each of many senders, in bounded memory. When there are more senders than it keeps, it forgets
/// those that have been idle for the longest time, which then have a full allowance. This does not bypass the limit: to be
/// forgotten takes as many admitted requests of other senders as there are entries.
/// </summary>
public sealed class KeyedRateLimit<TKey>
    where TKey : struct
{
    /// <summary>The number of senders of one period that are kept; those of the previous period are kept as well.</summary>
    public const int DefaultMaxKeys = 65_536;

    // A sender that has been idle for a second has a full allowance, the same as a forgotten one.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly RateLimit _limit;
    private readonly TwoPeriods<TKey, long> _senders;

    public KeyedRateLimit(int maxPerSec, TimeProvider time, int maxKeys = DefaultMaxKeys)
    {
        _limit = new RateLimit(maxPerSec, time);
        _senders = new TwoPeriods<TKey, long>(time, Period, maxKeys);
    }

    /// <summary>The number of senders that are tracked.</summary>
    internal int Count
    {
        get
        {
            lock (_lock) return _senders.Current.Count + _senders.Previous.Count;
        }
    }

    /// <summary>Counts one more request of a sender unless there were too many.</summary>
    public bool Admits(TKey sender)
    {
        lock (_lock)
        {
            _senders.Turn();
            ref var fullAt = ref _senders.Touch(sender);
            if (fullAt == 0) fullAt = _senders.Previous.GetValueOrDefault(sender);
            return _limit.Admits(ref fullAt);
        }
    }
}
