using System.Threading.Channels;
using Nakama.Server.Cluster;
using Nakama.Server.Leaderboards;
using Nakama.Server.Leaderboards.Ranks;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.Tournaments;

/// <summary>
/// Sleeps until the next end or reset and hands it to workers, each instant once and only on the node that owns it. When
/// the queue is full because workers lag behind, the scheduler waits for them. Instants at which no node runs are lost.
/// </summary>
internal sealed class ResetScheduler : PeriodicLoop
{
    private const int MostTaken = 1024;

    // Timers have a maximum duration, and clocks are occasionally adjusted.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    private readonly LeaderboardRegistry _registry;
    private readonly ResetCalendar _calendar;
    private readonly ResetCallbacks _callbacks;
    private readonly WorkOwner _owner;
    private readonly RankCache _ranks;
    private readonly int _workerCount;
    private readonly Channel<Work> _queue;

    // The last turn handed out for each id; completed when it has been claimed, by any node.
    private readonly Dictionary<string, Task> _taken = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _wake = new(0);

    public ResetScheduler(
        LeaderboardRegistry registry, ResetCallbacks callbacks, WorkOwner owner, RankCache ranks, LeaderboardOptions options, LoopContext context)
        : base(context, LongestSleep)
    {
        (_registry, _callbacks, _owner, _ranks) = (registry, callbacks, owner, ranks);
        _calendar = new(registry);
        _workerCount = options.CallbackQueueWorkers;
        _queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(options.CallbackQueueSize) { SingleWriter = true });
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _registry.Added += Add;
        foreach (var board in _registry.All) Add(board);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task RunUntilStoppedAsync(CancellationToken stoppingToken)
    {
        var workers = Enumerable.Range(0, _workerCount).Select(_ => WorkAsync(stoppingToken)).ToArray();
        await using var timer = Time.CreateTimer(static wake => ((SemaphoreSlim)wake!).Release(), _wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            while (true)
            {
                await RunSafelyAsync(stoppingToken);
                var sleep = UntilNext();
                if (sleep <= TimeSpan.Zero) continue;
                timer.Change(sleep, Timeout.InfiniteTimeSpan);
                await _wake.WaitAsync(stoppingToken);
            }
        }
        finally
        {
            _registry.Added -= Add;
            _queue.Writer.Complete();
            await Task.WhenAll(workers);
        }
    }

    private void Add(Leaderboard board)
    {
        _calendar.Add(board, Time.GetUtcNow().ToUnixTimeSeconds());
        _wake.Release();
    }

    /// <summary>Hands out the turns that are due.</summary>
    protected override async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var hasReset = false;
        while (_calendar.TakeDue(now) is { } turn)
        {
            hasReset |= turn.IsReset;
            if (_owner.IsMine(turn.Board.Id)) await HandOutAsync(turn, cancellationToken);
        }

        if (hasReset) _ranks.DropExpired(now);
    }

    private ValueTask HandOutAsync(ResetTurn turn, CancellationToken cancellationToken)
    {
        if (_taken.Count >= MostTaken)
        {
            foreach (var (id, done) in _taken)
            {
                if (done.IsCompleted) _taken.Remove(id);
            }
        }

        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = _taken.GetValueOrDefault(turn.Board.Id, Task.CompletedTask);
        _taken[turn.Board.Id] = taken.Task;
        return _queue.Writer.WriteAsync(new(turn, before, taken), cancellationToken);
    }

    private TimeSpan UntilNext()
    {
        if (_calendar.Next is not { } next) return LongestSleep;
        var now = Time.GetUtcNow();
        if (next - now.ToUnixTimeSeconds() > LongestSleep.TotalSeconds) return LongestSleep;
        return DateTimeOffset.FromUnixTimeSeconds(next) - now;
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var work in _queue.Reader.ReadAllAsync(cancellationToken)) await TakeSafelyAsync(work, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The node is stopping.
        }
    }

    private async ValueTask TakeSafelyAsync(Work work, CancellationToken cancellationToken)
    {
        try
        {
            await TakeAsync(work, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            ReportFailure(e);
        }
    }

    private async ValueTask TakeAsync(Work work, CancellationToken cancellationToken)
    {
        int? size;
        try
        {
            // Claiming a turn also claims all older ones, so an older turn that is still queued would be lost.
            await work.Before;
            size = await _callbacks.TakeAsync(work.Turn, cancellationToken);
        }
        finally
        {
            work.Taken.SetResult();
        }

        if (size is { } count) await _callbacks.TellAsync(work.Turn, count, cancellationToken);
    }

    /// <summary>A turn, the completion of the same leaderboard's previous turn, and the source that completes this one.</summary>
    private sealed record Work(ResetTurn Turn, Task Before, TaskCompletionSource Taken);
}
