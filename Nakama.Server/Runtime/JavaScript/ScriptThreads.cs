using Nakama.Server.Errors;
using Nakama.Server.Matches;
using Nakama.Server.Metrics;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// The threads that run scripts. Their stacks are large, so that deep recursion is an error of the script, and a thread that
/// does not stop at its limit can be written off: its callers get an error and another thread takes its place. While
/// <see cref="MaxLost"/> threads are written off, further calls are refused.
/// </summary>
/// <remarks>
/// Waking a thread costs more than most calls, so only as many run at once as there are processors, and turns of matches, which are short
/// and mostly come several at a time, wake another one only when many wait. More threads run while work waits for longer than
/// <see cref="MaxDelay"/>, because then those that run have long scripts. Callers continue on the thread that ran their script, and the
/// calls of a match run within its turn.
/// </remarks>
internal sealed class ScriptThreads : IMatchExecutor, IDisposable
{
    /// <summary>The maximum number of threads that are written off at a time.</summary>
    public const int MaxLost = 4;

    private const int MaxThreads = 512;

    /// <summary>How many turns of matches wait for each running thread before another one is woken for them.</summary>
    private const int TurnsPerThread = 16;

    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(750);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxIdle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(4);

    [ThreadStatic]
    private static ScriptThread? _current;

    // A plain object, because idle threads wait on it.
    private readonly object _lock = new();
    private readonly Queue<ScriptWork> _queue = new();
    private readonly HashSet<ScriptThread> _threads = [];
    private readonly int _maxActive;
    private readonly ITimer _watch;
    private readonly ITimer _delay;
    private readonly ILogger<ScriptThreads> _log;
    private int _idle;
    private int _woken;
    private int _waiting;
    private int _lost;
    private bool _isDelaySet;
    private bool _isClosed;

    public ScriptThreads(RuntimeOptions options, MetricRegistry gauges, TimeProvider time, ILogger<ScriptThreads> log)
    {
        _maxActive = Math.Max(options.JsMaxCount, Environment.ProcessorCount * 2);
        _log = log;
        _watch = time.CreateTimer(static threads => ((ScriptThreads)threads!).Watch(), this, WatchInterval, WatchInterval);
        _delay = time.CreateTimer(static threads => ((ScriptThreads)threads!).OnDelay(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        gauges.Gauge("runtime_lost_threads", () => LostCount, new KeyValuePair<string, string>("language", "javascript"));
    }

    /// <summary>How many threads are written off and still run.</summary>
    public int LostCount => Volatile.Read(ref _lost);

    private static ScriptThread Current => _current ?? throw new InvalidOperationException("This is no thread for scripts.");

    /// <summary>The threads that have something to do and are not waiting for a function of the server.</summary>
    private int ActiveCount => _threads.Count - _idle - _waiting;

    /// <summary>Runs a function on a thread for scripts: the current one within the turn of a match, else the next one that is free.</summary>
    /// <exception cref="ApiException">Too many threads are written off.</exception>
    public ValueTask<TResult> RunAsync<TState, TResult>(TState state, Func<TState, TResult> run, ScriptDeadline? deadline)
    {
        if (_current is { IsInTurn: true }) return new(RunPart(state, run, deadline));
        if (LostCount >= MaxLost) throw RuntimeErrors.NoInterpreter(ScriptLanguage.JavaScript);
        var work = new ScriptWork<TState, TResult>(state, run, deadline);
        ObjectDisposedException.ThrowIf(!TryEnqueue(work), this);
        return new(work.Result);
    }

    /// <summary>Queues the turn of a match. The calls of its handler run within, one after the other.</summary>
    public void Queue(IMatchTurn turn)
    {
        if (LostCount < MaxLost && TryEnqueue(new MatchTurnWork(turn), TurnsPerThread)) return;
        ThreadPool.UnsafeQueueUserWorkItem(static turn => End(turn, RuntimeErrors.NoInterpreter(ScriptLanguage.JavaScript)), turn, preferLocal: false);
    }

    /// <summary>Runs a part of the current work, with a deadline of its own.</summary>
    public TResult RunPart<TState, TResult>(TState state, Func<TState, TResult> run, ScriptDeadline? deadline)
    {
        var self = Current;
        lock (_lock) self.BeginPart(deadline);
        try
        {
            return run(state);
        }
        finally
        {
            lock (_lock) self.End();
        }
    }

    /// <summary>The current thread begins to wait for a server function; others may run in its place.</summary>
    public void BeginWait()
    {
        lock (_lock)
        {
            _waiting++;
            WakeIfUseful(perThread: 0);
        }
    }

    public void EndWait()
    {
        lock (_lock) _waiting--;
    }

    /// <summary>Runs other work on the current thread, within what it runs already.</summary>
    public void RunNested(ScriptWork work)
    {
        Run(Current, work);
        // The thread is within a script; what the caller does next has no place there.
        ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _delay.Dispose();
        ScriptWork[] left;
        lock (_lock)
        {
            _isClosed = true;
            left = [.. _queue];
            _queue.Clear();
            Monitor.PulseAll(_lock);
        }

        foreach (var work in left) work.Abandon(new OperationCanceledException());
    }

    /// <summary>Ends a match whose turn has not begun; the turn releases it.</summary>
    private static void End(IMatchTurn turn, Exception error)
    {
        turn.Abandon(error);
        turn.Execute();
    }

    /// <param name="perThread">How much work may wait for each running thread before another one is woken.</param>
    private bool TryEnqueue(ScriptWork work, int perThread = 0)
    {
        lock (_lock)
        {
            if (_isClosed) return false;
            _queue.Enqueue(work);
            WakeIfUseful(perThread);
            return true;
        }
    }

    private void WakeIfUseful(int perThread)
    {
        if (_queue.Count == 0) return;
        if (ActiveCount < Environment.ProcessorCount && (perThread == 0 || _queue.Count > ActiveCount * perThread))
        {
            WakeOne();
        }
        else if (!_isDelaySet)
        {
            _isDelaySet = true;
            _delay.Change(MaxDelay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Work that waits although so many threads run is behind long scripts.</summary>
    private void OnDelay()
    {
        lock (_lock)
        {
            _isDelaySet = false;
            if (_queue.Count == 0 || _isClosed) return;
            WakeOne();
            _isDelaySet = true;
            _delay.Change(MaxDelay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Wakes a thread, or starts one. It counts as active from here on.</summary>
    private void WakeOne()
    {
        if (_idle > 0)
        {
            _idle--;
            _woken++;
            Monitor.Pulse(_lock);
        }
        else
        {
            StartIfNeeded();
        }
    }

    private void StartIfNeeded()
    {
        if (_queue.Count == 0 || _threads.Count >= MaxThreads || _threads.Count - _waiting >= _maxActive) return;
        var thread = new ScriptThread();
        _threads.Add(thread);
        new Thread(() => Loop(thread), ScriptStack.ThreadBytes) { IsBackground = true, Name = "JavaScript" }.UnsafeStart();
    }

    private void Loop(ScriptThread self)
    {
        _current = self;
        ScriptStack.Begin();
        while (!self.IsLost && Take() is { } work)
        {
            Run(self, work);
            work.Complete();
        }

        lock (_lock)
        {
            if (self.IsReplaced) _lost--;
            else _threads.Remove(self);
            StartIfNeeded();
        }
    }

    private void Run(ScriptThread self, ScriptWork work)
    {
        lock (_lock) self.Begin(work);
        work.Run();
        lock (_lock) self.End();
    }

    /// <summary>The next work; null when there has been none for long.</summary>
    private ScriptWork? Take()
    {
        lock (_lock)
        {
            while (!_isClosed)
            {
                if (_queue.TryDequeue(out var work)) return work;
                _idle++;
                var inTime = true;
                while (_woken == 0 && inTime && !_isClosed) inTime = Monitor.Wait(_lock, MaxIdle);
                if (_woken > 0)
                {
                    _woken--;
                    continue;
                }

                _idle--;
                if (_queue.Count == 0) return null;
            }

            return null;
        }
    }

    /// <summary>Answers the callers of threads that do not stop, and replaces as many of these as may be written off.</summary>
    private void Watch()
    {
        List<(ScriptWork Work, Exception Error)> abandoned = [];
        lock (_lock)
        {
            List<ScriptThread>? overdue = null;
            foreach (var thread in _threads)
            {
                if (thread.IsLost || thread.IsOverdue(Grace)) (overdue ??= []).Add(thread);
            }

            if (overdue is null) return;
            foreach (var thread in overdue)
            {
                if (!thread.IsLost) thread.Abandon(abandoned);
                if (_lost >= MaxLost) continue;
                thread.IsReplaced = true;
                _threads.Remove(thread);
                _lost++;
                JavaScriptLog.ThreadLost(_log, _lost);
                StartIfNeeded();
            }
        }

        foreach (var (work, error) in abandoned) ThreadPool.UnsafeQueueUserWorkItem(static left => left.Work.Abandon(left.Error), (Work: work, Error: error), preferLocal: false);
    }
}
