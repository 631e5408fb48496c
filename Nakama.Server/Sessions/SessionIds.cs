using Nakama.Server.Cluster;

namespace Nakama.Server.Sessions;

/// <summary>Creates the ids of this node's sessions: time-based, unique, and with the node's suffix.</summary>
public sealed class SessionIds(LocalNode node, TimeProvider time)
{
    /// <summary>The epoch of time-based ids, 1582-10-15.</summary>
    private static readonly long Origin = new DateTime(1582, 10, 15, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private readonly ushort _sequence = (ushort)Random.Shared.Next(0x4000);
    private long _last;

    public Guid Next()
    {
        var now = time.GetUtcNow().Ticks - Origin;
        while (true)
        {
            var last = Volatile.Read(ref _last);
            // The clock may stand still or go back; the ids must still increase.
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last) return node.TimeBasedId(next, _sequence);
        }
    }
}
