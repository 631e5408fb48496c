using System.Security.Cryptography;

namespace Nakama.Server.Friends;

/// <summary>
/// Creates the positions of edges in lists: the nanosecond of their creation. Positions are unique, as the tables require,
/// although the clock is coarser.
/// </summary>
public sealed class EdgePositions(TimeProvider time)
{
    private const int NanosecondsPerTick = 100;

    // The offset of this node within a tick, so that two nodes at the same tick rarely create the same position.
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

    /// <summary>One position for each of the edges, in ascending order.</summary>
    public long[] Next(int count)
    {
        var positions = new long[count];
        for (var i = 0; i < count; i++) positions[i] = Next();
        return positions;
    }
}
