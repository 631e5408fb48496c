namespace Nakama.Server.Matches;

/// <summary>
/// Tells matches when a loop is due: one timer for all. Matches with short loops run on its thread, for a short time at most; the
/// others run on the thread pool. Due times are multiples of a match's period since its start, so that
/// late loops do not shift later ones. Several loops that are due at once count as one, and the match is told how many were left
/// out. A handler that blocks the thread holds up nothing: the next time that the timer fires, another thread goes on with the rest.
/// </summary>
internal sealed class MatchScheduler : IDisposable
{
    // Timers have the resolution of a millisecond; a loop that is due within one is not worth another.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(1);

    // How long matches run on the timer's thread.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<Entry, long> _queue = new();
    private readonly Queue<DueLoop> _due = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly long _slack;

    // The timestamp for which the timer is set.
    private long _setFor = long.MaxValue;

    public MatchScheduler(TimeProvider time)
    {
        _time = time;
        _slack = (long)(Slack.TotalSeconds * time.TimestampFrequency);
        _timer = time.CreateTimer(static scheduler => ((MatchScheduler)scheduler!).RunDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Schedules the loops of a match until it stops; the first is due one period from now.</summary>
    public void Add(AuthoritativeMatch match)
    {
        var entry = new Entry(match, _time.GetTimestamp());
        lock (_gate)
        {
            _queue.Enqueue(entry, DueAt(entry));
            SetTimer();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void RunDue()
    {
        lock (_gate)
        {
            _setFor = long.MaxValue;
            var until = _time.GetTimestamp() + _slack;
            while (_queue.TryPeek(out var entry, out var dueAt) && dueAt <= until)
            {
                if (entry.Match.IsStopped)
                {
                    _queue.Dequeue();
                    continue;
                }

                // The loops from this one until now.
                var dueCount = (until - entry.StartedAt) * entry.Match.TickRate / _time.TimestampFrequency;
                var missedCount = Math.Max(0, dueCount - entry.Done - 1);
                entry.Done += 1 + missedCount;
                _queue.DequeueEnqueue(entry, DueAt(entry));
                _due.Enqueue(new DueLoop(entry.Match, dueAt, missedCount));
            }

            SetTimer();
        }

        var startedAt = _time.GetTimestamp();
        while (TryTake(out var loop)) loop.Match.OnLoopDue(loop.DueAt, loop.MissedCount, mayRun: _time.GetElapsedTime(startedAt) < Turn);
    }

    private bool TryTake(out DueLoop loop)
    {
        lock (_gate) return _due.TryDequeue(out loop);
    }

    /// <summary>When the next loop of an entry is due.</summary>
    private long DueAt(Entry entry) => entry.StartedAt + ((entry.Done + 1) * _time.TimestampFrequency / entry.Match.TickRate);

    private void SetTimer()
    {
        if (!_queue.TryPeek(out _, out var dueAt) || dueAt >= _setFor) return;
        _setFor = dueAt;
        var wait = _time.GetElapsedTime(_time.GetTimestamp(), dueAt).TotalMilliseconds;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait))), Timeout.InfiniteTimeSpan);
    }

    private readonly record struct DueLoop(AuthoritativeMatch Match, long DueAt, long MissedCount);

    private sealed class Entry(AuthoritativeMatch match, long startedAt)
    {
        public AuthoritativeMatch Match { get; } = match;

        public long StartedAt { get; } = startedAt;

        /// <summary>The number of loops that were due so far.</summary>
        public long Done { get; set; }
    }
}
