namespace Nakama.Server.Database;

/// <summary>
/// Sums up what happened to the connections of a pool. Not safe for more than one thread. Instants are durations since any
/// fixed moment.
/// </summary>
/// <param name="maxLifetime">The age at which the pool closes a connection; zero is never.</param>
internal sealed class PoolHistory(TimeSpan maxLifetime)
{
    /// <summary>When each open connection was opened, oldest first.</summary>
    private readonly Queue<TimeSpan> _openedAt = new();

    private TimeSpan _waitingSince;
    private int _waiting;

    /// <summary>How many times somebody had to wait for a connection.</summary>
    public long WaitCount { get; private set; }

    /// <summary>How long all of them waited, added up.</summary>
    public TimeSpan WaitTime { get; private set; }

    public long LifetimeClosedCount { get; private set; }

    public long IdleClosedCount { get; private set; }

    public void Opened(TimeSpan now) => _openedAt.Enqueue(now);

    /// <summary>So many more (or fewer) wait for a connection from now on.</summary>
    public void Waiting(int change, TimeSpan now)
    {
        Advance(now);
        _waiting = Math.Max(0, _waiting + change);
        if (change > 0) WaitCount += change;
    }

    /// <summary>So many connections are open now; those that are missing were closed.</summary>
    public void Observe(long openCount, TimeSpan now)
    {
        Advance(now);
        while (_openedAt.Count > openCount)
        {
            var age = now - _openedAt.Dequeue();
            if (maxLifetime > TimeSpan.Zero && age >= maxLifetime) LifetimeClosedCount++;
            else IdleClosedCount++;
        }
    }

    /// <summary>The time that all waited together is the number of those waiting, summed up over time.</summary>
    private void Advance(TimeSpan now)
    {
        WaitTime += (now - _waitingSince) * _waiting;
        _waitingSince = now;
    }
}
