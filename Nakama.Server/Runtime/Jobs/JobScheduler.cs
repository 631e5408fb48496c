using System.Collections.Concurrent;
using Nakama.Server.Cluster;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.Runtime.Jobs;

/// <summary>
/// Runs the jobs of modules when they are due, each on one node of the cluster: the claim in the database decides which; the
/// owner of the job only tries first. Between instants it looks now and then for runs that other nodes have lost or were
/// asked for. Nothing happens on nodes whose modules register no job.
/// </summary>
internal sealed class JobScheduler : PeriodicLoop
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    // Other nodes than the owner wait so long before they try.
    private static readonly TimeSpan OwnersTime = TimeSpan.FromSeconds(3);

    private readonly JobRegistry _registry;
    private readonly JobStore _store;
    private readonly JobRunner _runner;
    private readonly WorkOwner _owner;
    private readonly IHostApplicationLifetime _host;
    private readonly int _maxRunning;
    private readonly TimeSpan _poll;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);
    private Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private TimeSpan _sleep;
    private bool _hasTable;

    public JobScheduler(
        JobRegistry registry, JobStore store, JobRunner runner, WorkOwner owner, IHostApplicationLifetime host, RuntimeOptions options, LoopContext context)
        : base(context, LongestSleep)
    {
        (_registry, _store, _runner, _owner, _host) = (registry, store, runner, owner, host);
        _maxRunning = options.JobWorkers;
        var lease = TimeSpan.FromSeconds(options.JobLeaseSec);
        _poll = lease < LongestSleep ? lease : LongestSleep;
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    /// <summary>Asks for a run of a job as soon as possible, on any node; false when the cluster does not know the job.</summary>
    public async ValueTask<bool> RequestAsync(string name, CancellationToken cancellationToken)
    {
        if (!_registry.Jobs.ContainsKey(name)) return false;
        await RegisterAsync(cancellationToken);
        var isKnown = await _store.RequestAsync(name, cancellationToken);
        _wake.Release();
        return isKnown;
    }

    /// <summary>The jobs of this node's modules, as the cluster knows them.</summary>
    public async ValueTask<List<JobState>> ListAsync(CancellationToken cancellationToken)
    {
        if (_registry.Jobs.Count == 0) return [];
        await RegisterAsync(cancellationToken);
        return await _store.ReadAsync([.. _registry.Jobs.Keys], cancellationToken);
    }

    protected override async Task RunUntilStoppedAsync(CancellationToken stoppingToken)
    {
        // Jobs may use anything that the node offers.
        await WaitAsync(_host.ApplicationStarted, stoppingToken);
        _registry.Changed += Wake;
        await using var timer = Time.CreateTimer(static wake => ((SemaphoreSlim)wake!).Release(), _wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            while (true)
            {
                _sleep = _poll;
                await RunSafelyAsync(stoppingToken);
                if (_registry.Jobs.Count > 0) timer.Change(_sleep, Timeout.InfiniteTimeSpan);
                await _wake.WaitAsync(stoppingToken);
            }
        }
        finally
        {
            _registry.Changed -= Wake;
            await Task.WhenAll(_running.Values);
        }
    }

    /// <summary>Runs the jobs that are due.</summary>
    protected override async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        var jobs = _registry.Jobs;
        if (jobs.Count == 0) return;
        await RegisterAsync(cancellationToken);
        var now = Time.GetUtcNow().UtcDateTime;
        foreach (var state in await _store.ReadAsync([.. jobs.Keys], cancellationToken))
        {
            if (state.IsRunning || _running.ContainsKey(state.Name)) continue;
            var wait = TimeUntil(state, now);
            if (wait > TimeSpan.Zero)
            {
                // Timers count whole milliseconds, and one that ends too early makes an idle round.
                if (wait < _sleep) _sleep = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
            }
            else if (_running.Count < _maxRunning)
            {
                Start(jobs[state.Name], cancellationToken);
            }
        }
    }

    /// <summary>How long to wait before this node tries to claim a job; zero or less for now.</summary>
    private TimeSpan TimeUntil(JobState state, DateTime now)
    {
        // The nodes of a claim that has run out had their turn.
        if (state.IsClaimed || state.IsRequested) return TimeSpan.Zero;
        if (state.NextAt is not { } next) return LongestSleep;
        return next - now + (_owner.IsMine(state.Name) ? TimeSpan.Zero : OwnersTime);
    }

    private void Start(JobRegistry.RegisteredJob job, CancellationToken stoppingToken)
    {
        var name = job.Definition.Name;
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[name] = RunSafelyAsync(begin.Task, job, stoppingToken);
        begin.SetResult();
    }

    private async Task RunSafelyAsync(Task begin, JobRegistry.RegisteredJob job, CancellationToken stoppingToken)
    {
        await begin;
        try
        {
            await _runner.RunAsync(job, stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            ReportFailure(e);
        }
        catch (OperationCanceledException)
        {
            // The node stops before the job has begun.
        }
        finally
        {
            _running.TryRemove(job.Definition.Name, out _);
            Wake();
        }
    }

    /// <summary>Tells the database of jobs and schedules that are new.</summary>
    private async ValueTask RegisterAsync(CancellationToken cancellationToken)
    {
        var jobs = _registry.Jobs;
        var known = Volatile.Read(ref _known);
        if (jobs.Count == known.Count && jobs.Values.All(job => known.GetValueOrDefault(job.Definition.Name) == job.Definition.Schedule.Text)) return;
        if (!_hasTable) await _store.EnsureAsync(cancellationToken);
        _hasTable = true;
        foreach (var (name, job) in jobs)
        {
            if (known.GetValueOrDefault(name) != job.Definition.Schedule.Text)
                await _store.RegisterAsync(job.Definition, _runner.NextOf(job.Definition), cancellationToken);
        }

        Volatile.Write(ref _known, jobs.ToDictionary(static job => job.Key, static job => job.Value.Definition.Schedule.Text, StringComparer.Ordinal));
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (ObjectDisposedException)
        {
            // The node has stopped.
        }
    }

    private static async Task WaitAsync(CancellationToken happened, CancellationToken stoppingToken)
    {
        var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = happened.Register(static wait => ((TaskCompletionSource)wait!).TrySetResult(), wait);
        await wait.Task.WaitAsync(stoppingToken);
    }
}
