using System.Collections.Concurrent;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Values that the modules of one language keep in the memory of this node, each as long as it was given.</summary>
internal sealed class LocalCache(TimeProvider time)
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _sweptAt = time.GetTimestamp();

    public HostValue? Get(string key) =>
        _entries.TryGetValue(key, out var entry) && !entry.HasExpired(time.GetTimestamp()) ? entry.Value : null;

    /// <param name="key">Of the value; an earlier value of the key is replaced.</param>
    /// <param name="value">The value.</param>
    /// <param name="lifetime">How long it is kept; zero is for good.</param>
    public void Put(string key, HostValue value, TimeSpan lifetime)
    {
        SweepNowAndThen();
        var expiresAt = lifetime == TimeSpan.Zero ? long.MaxValue : time.GetTimestamp() + (long)(lifetime.TotalSeconds * time.TimestampFrequency);
        _entries[key] = new Entry(value, expiresAt);
    }

    public void Delete(string key) => _entries.TryRemove(key, out _);

    public void Clear() => _entries.Clear();

    /// <summary>What has expired cannot be seen; it only takes memory, so those who add some remove it.</summary>
    private void SweepNowAndThen()
    {
        var now = time.GetTimestamp();
        var last = Volatile.Read(ref _sweptAt);
        if (time.GetElapsedTime(last, now) < SweepEvery || Interlocked.CompareExchange(ref _sweptAt, now, last) != last) return;
        foreach (var entry in _entries)
        {
            if (entry.Value.HasExpired(now)) _entries.TryRemove(entry);
        }
    }

    private sealed record Entry(HostValue Value, long ExpiresAt)
    {
        public bool HasExpired(long now) => now >= ExpiresAt;
    }
}
