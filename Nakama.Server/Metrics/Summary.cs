using System.Numerics;

namespace Nakama.Server.Metrics;

/// <summary>
/// Durations with their quantiles: counted in buckets whose width is a sixteenth of their power of two, so that a quantile
/// is off by at most 6 %. Quantiles cover the last two windows, sum and count the whole lifetime.
/// </summary>
public sealed class Summary
{
    /// <summary>Buckets reach from a microsecond to beyond a day.</summary>
    public const int BucketCount = 37 * SubBuckets;

    private const int SubBucketBits = 4;
    private const int SubBuckets = 1 << SubBucketBits;

    private readonly long[] _all = new long[BucketCount];
    private readonly long[] _olderBase = new long[BucketCount];
    private readonly long[] _newerBase = new long[BucketCount];
    private long _sumTicks;

    /// <summary>How many durations were recorded since the start.</summary>
    public long Count
    {
        get
        {
            var count = 0L;
            foreach (var bucket in _all) count += bucket;
            return count;
        }
    }

    /// <summary>The sum of all recorded durations.</summary>
    public TimeSpan Sum => new(Volatile.Read(ref _sumTicks));

    public void Record(TimeSpan elapsed)
    {
        var ticks = Math.Max(0, elapsed.Ticks);
        Interlocked.Add(ref _sumTicks, ticks);
        Interlocked.Increment(ref _all[BucketOf(ticks / TimeSpan.TicksPerMicrosecond)]);
    }

    /// <summary>Begins a new window; values recorded before the previous one no longer count in quantiles.</summary>
    public void Rotate()
    {
        _newerBase.CopyTo(_olderBase, 0);
        _all.CopyTo(_newerBase, 0);
    }

    /// <summary>Copies the count of every bucket, for quantiles over the caller's own window.</summary>
    public void CopyTo(Span<long> buckets) => _all.CopyTo(buckets);

    /// <summary>The duration below which the given share of the last two windows lies; null when nothing was recorded.</summary>
    /// <param name="share">Between 0 and 1.</param>
    public TimeSpan? Quantile(double share)
    {
        Span<long> window = stackalloc long[BucketCount];
        for (var i = 0; i < BucketCount; i++) window[i] = _all[i] - _olderBase[i];
        return Quantile(window, share);
    }

    /// <summary>The duration below which the given share of the counted ones lies; null when none is counted.</summary>
    public static TimeSpan? Quantile(ReadOnlySpan<long> buckets, double share)
    {
        var total = 0L;
        foreach (var count in buckets) total += count;
        if (total == 0) return null;

        var wanted = (long)Math.Ceiling(total * share);
        var seen = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            seen += buckets[i];
            if (seen >= wanted) return TimeSpan.FromMicroseconds(MiddleOf(i));
        }
        return TimeSpan.FromMicroseconds(MiddleOf(buckets.Length - 1));
    }

    private static int BucketOf(long microseconds)
    {
        if (microseconds < SubBuckets) return (int)microseconds;
        var power = BitOperations.Log2((ulong)microseconds);
        var sub = (int)(microseconds >> (power - SubBucketBits)) & (SubBuckets - 1);
        return Math.Min(((power - SubBucketBits + 1) << SubBucketBits) + sub, BucketCount - 1);
    }

    private static double MiddleOf(int bucket)
    {
        if (bucket < SubBuckets) return bucket + 0.5;
        var shift = (bucket >> SubBucketBits) - 1;
        var from = (long)(SubBuckets + (bucket & (SubBuckets - 1))) << shift;
        return from + ((1L << shift) / 2.0);
    }
}
