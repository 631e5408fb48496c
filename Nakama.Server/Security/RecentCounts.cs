namespace Nakama.Server.Security;

/// <summary>
/// Counts what happened by key. A count is forgotten after one to two periods; when there are more keys than memory is
/// meant for, the older period is forgotten early.
/// </summary>
internal sealed class RecentCounts<TKey>(TimeProvider time, TimeSpan period, int maxKeys)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private Dictionary<TKey, int> _current = [];
    private Dictionary<TKey, int> _previous = [];
    private DateTimeOffset _begun = time.GetUtcNow();

    public int this[TKey key]
    {
        get
        {
            lock (_lock)
            {
                Turn();
                return Sum(key);
            }
        }
    }

    /// <summary>Counts one more unless that would be more than the maximum.</summary>
    public bool TryAdd(TKey key, int max)
    {
        lock (_lock)
        {
            Turn();
            if (Sum(key) >= max) return false;
            if (_current.Count >= maxKeys) Begin(_current);
            _current[key] = _current.GetValueOrDefault(key) + 1;
            return true;
        }
    }

    /// <summary>Takes one back.</summary>
    public void TakeBack(TKey key)
    {
        lock (_lock)
        {
            var counts = _current.ContainsKey(key) ? _current : _previous;
            if (!counts.TryGetValue(key, out var count)) return;
            if (count > 1) counts[key] = count - 1;
            else counts.Remove(key);
        }
    }

    public void Forget(TKey key)
    {
        lock (_lock)
        {
            _current.Remove(key);
            _previous.Remove(key);
        }
    }

    private int Sum(TKey key) => _current.GetValueOrDefault(key) + _previous.GetValueOrDefault(key);

    private void Turn()
    {
        var age = time.GetUtcNow() - _begun;
        if (age >= period) Begin(age >= 2 * period ? [] : _current);
    }

    private void Begin(Dictionary<TKey, int> previous)
    {
        _previous = previous;
        _current = [];
        _begun = time.GetUtcNow();
    }
}
