namespace Nakama.Server.Sessions;

/// <summary>
/// The deadlines of all sessions: one timer drives a timer wheel of linked lists, so that a session needs no timer of its own
/// and setting a deadline costs a few pointer operations. Deadlines fire up to one step late, never early. The timer sleeps
/// until the next step at which something is due, because waking a thread costs more than advancing the wheel.
/// </summary>
public sealed class SessionTimerWheel : IDisposable
{
    private const int StepMs = 100;
    private const int SlotCount = 512;

    private readonly WheelTimer?[] _slots = new WheelTimer?[SlotCount];
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ILogger<SessionTimerWheel> _logger;
    private readonly long _start;
    private readonly List<WheelTimer> _due = [];
    private readonly ITimer _timer;
    private bool _isTurning;
    private int _count;
    private long _step;
    private long _wakesAt = long.MaxValue;

    public SessionTimerWheel(TimeProvider time, ILogger<SessionTimerWheel> logger)
    {
        _time = time;
        _logger = logger;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(static wheel => ((SessionTimerWheel)wheel!).Turn(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Milliseconds since the wheel was created.</summary>
    public long NowMs => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>How many deadlines are set.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Sets or moves a deadline.</summary>
    public void Set(WheelTimer timer, long dueMs)
    {
        lock (_gate)
        {
            if (timer.DueStep >= 0) Unlink(timer);
            // The wheel does not advance while it is empty.
            if (_count == 0) _step = NowMs / StepMs;
            Link(timer, Math.Max((dueMs + StepMs - 1) / StepMs, _step + 1));
            if (timer.DueStep < _wakesAt && !_isTurning) WakeAt(timer.DueStep);
        }
    }

    public void Clear(WheelTimer timer)
    {
        lock (_gate)
        {
            if (timer.DueStep < 0) return;
            // The timer is not changed: one superfluous wake-up is cheaper than finding the next deadline.
            Unlink(timer);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Turn()
    {
        lock (_gate)
        {
            // A late turn catches up by itself; a concurrent second one would only wait.
            if (_isTurning) return;
            _isTurning = true;
            _wakesAt = long.MaxValue;
            CollectDue(NowMs / StepMs);
        }

        var now = NowMs;
        foreach (var timer in _due)
        {
            try
            {
                timer.Target.OnDue(now);
            }
            catch (Exception e)
            {
                SessionLog.DeadlineFailed(_logger, e);
            }
        }

        lock (_gate)
        {
            _due.Clear();
            _isTurning = false;
            if (_count > 0) WakeAt(NextStep());
        }
    }

    /// <summary>The next step at which something may be due, at most one round ahead.</summary>
    private long NextStep()
    {
        for (var step = _step + 1; step < _step + SlotCount; step++)
        {
            if (_slots[step % SlotCount] is not null) return step;
        }
        return _step + SlotCount;
    }

    private void WakeAt(long step)
    {
        _wakesAt = step;
        var wait = Math.Max((step * StepMs) - NowMs, 1);
        _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
    }

    private void CollectDue(long nowStep)
    {
        var first = Math.Max(_step + 1, nowStep - SlotCount + 1);
        for (var step = first; step <= nowStep; step++)
        {
            for (var timer = _slots[step % SlotCount]; timer is not null;)
            {
                var next = timer.Next;
                // Others in this slot are due one or more rounds later.
                if (timer.DueStep <= nowStep)
                {
                    Unlink(timer);
                    _due.Add(timer);
                }
                timer = next;
            }
        }
        _step = Math.Max(_step, nowStep);
    }

    private void Link(WheelTimer timer, long step)
    {
        ref var head = ref _slots[step % SlotCount];
        timer.DueStep = step;
        timer.Previous = null;
        timer.Next = head;
        if (head is not null) head.Previous = timer;
        head = timer;
        _count++;
    }

    private void Unlink(WheelTimer timer)
    {
        if (timer.Previous is null) _slots[timer.DueStep % SlotCount] = timer.Next;
        else timer.Previous.Next = timer.Next;
        if (timer.Next is not null) timer.Next.Previous = timer.Previous;
        timer.Previous = timer.Next = null;
        timer.DueStep = -1;
        _count--;
    }
}
