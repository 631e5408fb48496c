using System.Collections.Concurrent;

namespace Nakama.Server.Runtime.Functions;

/// <summary>
/// Values that the modules of one language keep in the memory of this node, each for its own lifetime. When their number or
/// size exceeds the limits, some are evicted early.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="maxBytes">The approximate maximum size of all keys and values.</param>
/// <param name="maxEntries">The maximum number of values.</param>
internal sealed class LocalCache(TimeProvider time, long maxBytes = LocalCache.DefaultMaxBytes, int maxEntries = LocalCache.DefaultMaxEntries)
{
    public const long DefaultMaxBytes = 256L << 20;
    public const int DefaultMaxEntries = 262_144;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _evicting = new();
    private long _sweptAt = time.GetTimestamp();
    private long _bytes;
    private int _count;

    /// <summary>The number of values, including expired ones.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Their approximate total size.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    private bool IsOverfull => Bytes > maxBytes || Count > maxEntries;

    public ScriptValue? Get(string key) =>
        _entries.TryGetValue(key, out var entry) && !entry.HasExpired(time.GetTimestamp()) ? entry.Value : null;

    /// <param name="key">The key; an earlier value of the key is replaced.</param>
    /// <param name="value">The value.</param>
    /// <param name="lifetime">How long it is kept; zero is unlimited.</param>
    public void Put(string key, ScriptValue value, TimeSpan lifetime)
    {
        SweepNowAndThen();
        var expiresAt = lifetime == TimeSpan.Zero ? long.MaxValue : time.GetTimestamp() + (long)(lifetime.TotalSeconds * time.TimestampFrequency);
        var entry = new Entry(value, expiresAt, ScriptValueWeight.Of(key, value));
        if (entry.Bytes > maxBytes)
        {
            Delete(key);
            return;
        }

        while (!TrySet(key, entry))
        {
            // A concurrent call has set or removed it.
        }

        if (IsOverfull) Evict();
    }

    public void Delete(string key)
    {
        if (_entries.TryRemove(key, out var entry)) Forget(entry);
    }

    public void Clear()
    {
        foreach (var (key, _) in _entries) Delete(key);
    }

    private bool TrySet(string key, Entry entry)
    {
        if (_entries.TryGetValue(key, out var former))
        {
            if (!_entries.TryUpdate(key, entry, former)) return false;
            Interlocked.Add(ref _bytes, entry.Bytes - former.Bytes);
            return true;
        }

        if (!_entries.TryAdd(key, entry)) return false;
        Interlocked.Add(ref _bytes, entry.Bytes);
        Interlocked.Increment(ref _count);
        return true;
    }

    /// <summary>Expired values are never returned but take memory, so calls that add values remove them occasionally.</summary>
    private void SweepNowAndThen()
    {
        var now = time.GetTimestamp();
        var last = Volatile.Read(ref _sweptAt);
        if (time.GetElapsedTime(last, now) < SweepEvery || Interlocked.CompareExchange(ref _sweptAt, now, last) != last) return;
        Sweep(now);
    }

    private void Sweep(long now)
    {
        foreach (var pair in _entries)
        {
            if (pair.Value.HasExpired(now) && _entries.TryRemove(pair)) Forget(pair.Value);
        }
    }

    /// <summary>Frees an eighth of the capacity, so that not every added value causes an eviction.</summary>
    private void Evict()
    {
        lock (_evicting)
        {
            if (!IsOverfull) return;
            Sweep(time.GetTimestamp());
            foreach (var pair in _entries)
            {
                if (Bytes <= maxBytes - (maxBytes / 8) && Count <= maxEntries - (maxEntries / 8)) return;
                if (_entries.TryRemove(pair)) Forget(pair.Value);
            }
        }
    }

    private void Forget(Entry entry)
    {
        Interlocked.Add(ref _bytes, -entry.Bytes);
        Interlocked.Decrement(ref _count);
    }

    private sealed class Entry(ScriptValue value, long expiresAt, long bytes)
    {
        public ScriptValue Value => value;

        public long Bytes => bytes;

        public bool HasExpired(long now) => now >= expiresAt;
    }
}
