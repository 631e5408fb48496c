namespace Nakama.Server.Matches;

/// <summary>
/// The timing and the traffic of one match since it began. Written by the calls of the match, and by senders under its lock;
/// readers may see figures of different moments.
/// </summary>
internal sealed class MatchStatistics
{
    // The weight of the newest loop in the averages: that of the last fifty or so.
    private const double Weight = 0.04;

    private long _messagesIn;
    private long _bytesIn;
    private long _dropped;
    private long _skipped;
    private long _messagesOut;
    private long _bytesOut;
    private long _deliveries;

    public double TickAverageMs { get; private set; }

    public double TickLastMs { get; private set; }

    public double TickMaxMs { get; private set; }

    public double LateAverageMs { get; private set; }

    public double LateMaxMs { get; private set; }

    public long MessagesIn => Volatile.Read(ref _messagesIn);

    public long BytesIn => Volatile.Read(ref _bytesIn);

    public long MessagesDropped => Volatile.Read(ref _dropped);

    public long TicksSkipped => Volatile.Read(ref _skipped);

    public long MessagesOut => Volatile.Read(ref _messagesOut);

    public long BytesOut => Volatile.Read(ref _bytesOut);

    /// <summary>Messages times receivers.</summary>
    public long Deliveries => Volatile.Read(ref _deliveries);

    public void OnLoop(TimeSpan lateness, TimeSpan duration, bool isFirst)
    {
        var (late, took) = (lateness.TotalMilliseconds, duration.TotalMilliseconds);
        TickLastMs = took;
        TickMaxMs = Math.Max(TickMaxMs, took);
        LateMaxMs = Math.Max(LateMaxMs, late);
        TickAverageMs = isFirst ? took : TickAverageMs + ((took - TickAverageMs) * Weight);
        LateAverageMs = isFirst ? late : LateAverageMs + ((late - LateAverageMs) * Weight);
    }

    /// <summary>Under the lock of the match.</summary>
    public void OnReceived(int bytes)
    {
        _messagesIn++;
        _bytesIn += bytes;
    }

    public void OnDropped() => Interlocked.Increment(ref _dropped);

    public void OnSkipped(long count) => Interlocked.Add(ref _skipped, count);

    public void OnSent(int bytes, int receivers)
    {
        _messagesOut++;
        _bytesOut += bytes;
        _deliveries += receivers;
    }
}
