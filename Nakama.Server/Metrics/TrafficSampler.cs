namespace Nakama.Server.Metrics;

/// <summary>
/// Turns totals into rates: each call of <see cref="Take"/> covers the time since the previous call. Not safe for concurrent
/// callers.
/// </summary>
public sealed class TrafficSampler
{
    private readonly ServerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly long[] _buckets = new long[Summary.BucketCount];
    private readonly long[] _lastBuckets = new long[Summary.BucketCount];
    private TrafficTotals _last;
    private long _takenAt;

    public TrafficSampler(ServerMetrics metrics, TimeProvider time)
    {
        _metrics = metrics;
        _time = time;
        _last = metrics.Totals;
        _takenAt = time.GetTimestamp();
        metrics.RequestLatency.CopyTo(_lastBuckets);
    }

    public TrafficSample Take()
    {
        var now = _time.GetTimestamp();
        var seconds = _time.GetElapsedTime(_takenAt, now).TotalSeconds;
        if (seconds <= 0) return default;

        var totals = _metrics.Totals;
        _metrics.RequestLatency.CopyTo(_buckets);
        for (var i = 0; i < _buckets.Length; i++) (_buckets[i], _lastBuckets[i]) = (_buckets[i] - _lastBuckets[i], _buckets[i]);

        var requests = totals.Requests - _last.Requests;
        var sample = new TrafficSample(
            requests / seconds,
            (totals.Messages - _last.Messages) / seconds,
            (totals.Errors - _last.Errors) / seconds,
            (totals.ReceivedBytes - _last.ReceivedBytes) / 1024.0 / seconds,
            (totals.SentBytes - _last.SentBytes) / 1024.0 / seconds,
            requests == 0 ? 0 : (totals.RequestTime - _last.RequestTime).TotalMilliseconds / requests,
            QuantileMs(0.5),
            QuantileMs(0.95),
            QuantileMs(0.99));
        _last = totals;
        _takenAt = now;
        return sample;
    }

    private double QuantileMs(double share) => Summary.Quantile(_buckets, share)?.TotalMilliseconds ?? 0;
}
