namespace Nakama.Server.Security;

/// <summary>
/// A <see cref="RateLimit"/> for each of many senders, in bounded memory. When more senders come than it keeps, it forgets those
/// that have sent nothing for the longest time, who then have a full allowance. That is no way around the limit: to be
/// forgotten takes as many admitted requests of other senders as there are places.
/// </summary>
public sealed class KeyedRateLimit<TKey>
    where TKey : struct
{
    /// <summary>How many senders of one period are kept; those of the period before are kept as well.</summary>
    public const int DefaultMaxKeys = 65_536;

    // Who has sent nothing for a second has a full allowance, as one who is forgotten.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly RateLimit _limit;
    private readonly TwoPeriods<TKey, long> _senders;

    public KeyedRateLimit(int maxPerSec, TimeProvider time, int maxKeys = DefaultMaxKeys)
    {
        _limit = new RateLimit(maxPerSec, time);
        _senders = new TwoPeriods<TKey, long>(time, Period, maxKeys);
    }

    /// <summary>How many senders are remembered.</summary>
    internal int Count
    {
        get
        {
            lock (_lock) return _senders.Current.Count + _senders.Previous.Count;
        }
    }

    /// <summary>Counts one more of a sender unless there were too many.</summary>
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
