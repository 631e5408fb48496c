namespace Nakama.Server.Security;

/// <summary>
/// Counts events by key. A count is forgotten after one to two periods; when there are more keys than the memory
/// bound allows, the older period is forgotten early.
/// </summary>
internal sealed class RecentCounts<TKey>(TimeProvider time, TimeSpan period, int maxKeys)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly TwoPeriods<TKey, int> _counts = new(time, period, maxKeys);

    public int this[TKey key]
    {
        get
        {
            lock (_lock)
            {
                _counts.Turn();
                return Sum(key);
            }
        }
    }

    /// <summary>Counts one more unless that would be more than the maximum.</summary>
    public bool TryAdd(TKey key, int max)
    {
        lock (_lock)
        {
            _counts.Turn();
            if (Sum(key) >= max) return false;
            _counts.Touch(key)++;
            return true;
        }
    }

    /// <summary>Reverts one count.</summary>
    public void TakeBack(TKey key)
    {
        lock (_lock)
        {
            var counts = _counts.Current.ContainsKey(key) ? _counts.Current : _counts.Previous;
            if (!counts.TryGetValue(key, out var count)) return;
            if (count > 1) counts[key] = count - 1;
            else counts.Remove(key);
        }
    }

    public void Forget(TKey key)
    {
        lock (_lock)
        {
            _counts.Current.Remove(key);
            _counts.Previous.Remove(key);
        }
    }

    private int Sum(TKey key) => _counts.Current.GetValueOrDefault(key) + _counts.Previous.GetValueOrDefault(key);
}
