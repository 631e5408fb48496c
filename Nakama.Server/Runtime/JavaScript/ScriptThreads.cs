using Nakama.Server.Errors;
using Nakama.Server.Metrics;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// The threads that run scripts. Their stacks are large, so that deep recursion is an error of the script, and a thread that
/// does not stop at its limit can be written off: its callers get an error and another thread takes its place. While
/// <see cref="MaxLost"/> threads are written off, further calls are refused.
/// </summary>
internal sealed class ScriptThreads : IDisposable
{
    /// <summary>The maximum number of threads that are written off at a time.</summary>
    public const int MaxLost = 4;

    private const int MaxThreads = 512;

    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(750);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxIdle = TimeSpan.FromSeconds(30);

    [ThreadStatic]
    private static ScriptThread? _current;

    // A plain object, because idle threads wait on it.
    private readonly object _lock = new();
    private readonly Queue<ScriptWork> _queue = new();
    private readonly HashSet<ScriptThread> _threads = [];
    private readonly int _maxActive;
    private readonly ITimer _watch;
    private readonly ILogger<ScriptThreads> _log;
    private int _idle;
    private int _waiting;
    private int _lost;
    private bool _isClosed;

    public ScriptThreads(RuntimeOptions options, MetricRegistry gauges, TimeProvider time, ILogger<ScriptThreads> log)
    {
        _maxActive = Math.Max(options.JsMaxCount, Environment.ProcessorCount * 2);
        _log = log;
        _watch = time.CreateTimer(static threads => ((ScriptThreads)threads!).Watch(), this, WatchInterval, WatchInterval);
        gauges.Gauge("runtime_lost_threads", () => LostCount, new KeyValuePair<string, string>("language", "javascript"));
    }

    /// <summary>How many threads are written off and still run.</summary>
    public int LostCount => Volatile.Read(ref _lost);

    /// <summary>Runs a function on a thread for scripts.</summary>
    /// <exception cref="ApiException">Too many threads are written off.</exception>
    public Task<TResult> RunAsync<TState, TResult>(TState state, Func<TState, TResult> run, ScriptDeadline? deadline)
    {
        if (LostCount >= MaxLost) throw RuntimeErrors.NoInterpreter(ScriptLanguage.JavaScript);
        var work = new ScriptWork<TState, TResult>(state, run, deadline);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _queue.Enqueue(work);
            // A thread that was woken counts as idle until it runs.
            if (_idle >= _queue.Count) Monitor.Pulse(_lock);
            else StartIfNeeded();
        }

        return work.Result;
    }

    /// <summary>The current thread begins to wait for a server function; others may run in its place.</summary>
    public void BeginWait()
    {
        lock (_lock)
        {
            _waiting++;
            if (_idle < _queue.Count) StartIfNeeded();
        }
    }

    public void EndWait()
    {
        lock (_lock) _waiting--;
    }

    /// <summary>Runs other work on the current thread, within what it runs already.</summary>
    public void RunNested(ScriptWork work)
    {
        if (_current is not { } self) throw new InvalidOperationException("This is no thread for scripts.");
        Run(self, work);
    }

    public void Dispose()
    {
        _watch.Dispose();
        lock (_lock)
        {
            _isClosed = true;
            while (_queue.TryDequeue(out var work)) work.Abandon(new OperationCanceledException());
            Monitor.PulseAll(_lock);
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
        while (!self.IsLost && Take() is { } work) Run(self, work);
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
                var isWoken = Monitor.Wait(_lock, MaxIdle);
                _idle--;
                if (!isWoken && _queue.Count == 0) return null;
            }

            return null;
        }
    }

    /// <summary>Answers the callers of threads that do not stop, and replaces as many of these as may be written off.</summary>
    private void Watch()
    {
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
                if (!thread.IsLost) thread.Abandon();
                if (_lost >= MaxLost) continue;
                thread.IsReplaced = true;
                _threads.Remove(thread);
                _lost++;
                JavaScriptLog.ThreadLost(_log, _lost);
                StartIfNeeded();
            }
        }
    }
}
