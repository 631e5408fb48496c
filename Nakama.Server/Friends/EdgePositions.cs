using System.Security.Cryptography;

namespace Nakama.Server.Friends;

/// <summary>
/// The places of edges in lists: the nanosecond in which they came to be. Each is given once, as the tables demand, though
/// the clock is coarser.
/// </summary>
public sealed class EdgePositions(TimeProvider time)
{
    private const int NanosecondsPerTick = 100;

    // The part of a tick that this node takes, so that two nodes that see the same tick rarely give the same position.
    private readonly long _offset = RandomNumberGenerator.GetInt32(NanosecondsPerTick);
    private long _last;

    public long Next()
    {
        var now = ((time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick) + _offset;
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(last + 1, now);
            if (Interlocked.CompareExchange(ref _last, next, last) == last) return next;
        }
    }

    /// <summary>As many as there are edges to make, in ascending order.</summary>
    public long[] Next(int count)
    {
        var positions = new long[count];
        for (var i = 0; i < count; i++) positions[i] = Next();
        return positions;
    }
}
