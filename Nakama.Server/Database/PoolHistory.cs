namespace Nakama.Server.Database;

/// <summary>
/// Accumulates statistics of a pool's connections. Not thread-safe. Instants are durations since an arbitrary fixed
/// moment.
/// </summary>
/// <param name="maxLifetime">The age at which the pool closes a connection; zero is never.</param>
internal sealed class PoolHistory(TimeSpan maxLifetime)
{
    /// <summary>When each open connection was opened, oldest first.</summary>
    private readonly Queue<TimeSpan> _openedAt = new();

    private TimeSpan _waitingSince;
    private int _waiting;

    /// <summary>How many times a caller had to wait for a connection.</summary>
    public long WaitCount { get; private set; }

    /// <summary>The total waiting time of all callers.</summary>
    public TimeSpan WaitTime { get; private set; }

    public long LifetimeClosedCount { get; private set; }

    public long IdleClosedCount { get; private set; }

    public void Opened(TimeSpan now) => _openedAt.Enqueue(now);

    /// <summary>Changes the number of callers that wait for a connection.</summary>
    public void Waiting(int change, TimeSpan now)
    {
        Advance(now);
        _waiting = Math.Max(0, _waiting + change);
        if (change > 0) WaitCount += change;
    }

    /// <summary>Sets the number of open connections; missing ones were closed.</summary>
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

    /// <summary>The total waiting time is the number of waiting callers, integrated over time.</summary>
    private void Advance(TimeSpan now)
    {
        WaitTime += (now - _waitingSince) * _waiting;
        _waitingSince = now;
    }
}
