using System.Collections.Concurrent;

namespace Nakama.Server.Runtime.Functions;

/// <summary>
/// Values that the modules of one language keep in the memory of this node, each as long as it was given. When there are more,
/// or larger ones, than memory is meant for, some are forgotten early.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="maxBytes">How much all keys and values may weigh, roughly.</param>
/// <param name="maxEntries">How many values there may be.</param>
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

    /// <summary>How many values are kept, expired ones included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>What all of them weigh, roughly.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    private bool IsOverfull => Bytes > maxBytes || Count > maxEntries;

    public ScriptValue? Get(string key) =>
        _entries.TryGetValue(key, out var entry) && !entry.HasExpired(time.GetTimestamp()) ? entry.Value : null;

    /// <param name="key">Of the value; an earlier value of the key is replaced.</param>
    /// <param name="value">The value.</param>
    /// <param name="lifetime">How long it is kept; zero is for good.</param>
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
            // Somebody else has set or removed it meanwhile.
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

    /// <summary>What has expired cannot be seen; it only takes memory, so those who add some remove it.</summary>
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

    /// <summary>Makes room for an eighth, so that not every value that comes makes room for itself alone.</summary>
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
