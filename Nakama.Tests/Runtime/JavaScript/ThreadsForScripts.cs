using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Errors;
using Nakama.Server.Matches;
using Nakama.Server.Metrics;
using Nakama.Server.Runtime;
using Nakama.Server.Runtime.JavaScript;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Runtime.JavaScript;

/// <summary>What becomes of threads whose script does not stop.</summary>
public sealed class ThreadsForScripts
{
    private static readonly CountdownEvent NoOther = new(0);

    [Fact]
    public async Task Callers_of_threads_that_do_not_stop_are_answered_and_at_most_four_are_written_off()
    {
        using var registry = new MetricRegistry(new MetricsOptions());
        using var threads = new ScriptThreads(new RuntimeOptions(), registry, TimeProvider.System, NullLogger<ScriptThreads>.Instance);
        using var end = new ManualResetEventSlim();

        for (var i = 0; i < ScriptThreads.MaxLost; i++) await Assert.ThrowsAsync<ScriptStoppedException>(() => Stuck(threads, NoOther, end));

        Assert.Equal(ScriptThreads.MaxLost, threads.LostCount);
        var busy = await Assert.ThrowsAsync<ApiException>(async () => await threads.RunAsync(1, static value => value, null));
        Assert.Equal(StatusCode.Unavailable, busy.Status);

        end.Set();
        await SocketNode.UntilAsync(() => threads.LostCount == 0);
        Assert.Equal(2, await threads.RunAsync(1, static value => value + 1, null));
    }

    [Fact]
    public async Task Of_more_threads_that_do_not_stop_all_callers_are_answered_and_four_are_written_off()
    {
        using var registry = new MetricRegistry(new MetricsOptions());
        using var threads = new ScriptThreads(new RuntimeOptions(), registry, TimeProvider.System, NullLogger<ScriptThreads>.Instance);
        using var end = new ManualResetEventSlim();
        using var all = new CountdownEvent(ScriptThreads.MaxLost + 3);

        var stuck = Enumerable.Range(0, all.InitialCount).Select(_ => Stuck(threads, all, end)).ToList();
        foreach (var call in stuck) await Assert.ThrowsAsync<ScriptStoppedException>(() => call);

        Assert.Equal(ScriptThreads.MaxLost, threads.LostCount);
        end.Set();
        await SocketNode.UntilAsync(() => threads.LostCount == 0);
        Assert.Equal(2, await threads.RunAsync(1, static value => value + 1, null));
    }

    [Fact]
    public async Task Calls_that_wait_run_when_threads_that_did_not_stop_end_after_all()
    {
        using var registry = new MetricRegistry(new MetricsOptions());
        var atOnce = Math.Max(6, Environment.ProcessorCount * 2);
        using var threads = new ScriptThreads(new RuntimeOptions { JsMaxCount = atOnce }, registry, TimeProvider.System, NullLogger<ScriptThreads>.Instance);
        using var firstEnd = new ManualResetEventSlim();
        using var end = new ManualResetEventSlim();
        // One more than there are calls, for the test itself: no thread is written off before all calls are queued.
        using var all = new CountdownEvent(atOnce + 1);

        var first = Enumerable.Range(0, atOnce).Select(_ => Stuck(threads, all, firstEnd)).ToList();
        // These take the places of those that are written off, and cannot be written off themselves.
        var second = Enumerable.Range(0, ScriptThreads.MaxLost).Select(_ => Stuck(threads, NoOther, end)).ToList();
        var third = Enumerable.Range(0, atOnce - ScriptThreads.MaxLost).Select(_ => Stuck(threads, NoOther, end)).ToList();
        var last = threads.RunAsync(1, static value => value + 1, null);
        all.Signal();
        foreach (var call in first.Concat(second)) await Assert.ThrowsAsync<ScriptStoppedException>(() => call);
        Assert.False(last.IsCompleted);
        firstEnd.Set();

        foreach (var call in third) await Assert.ThrowsAsync<ScriptStoppedException>(() => call);
        Assert.Equal(2, await last);
        end.Set();
        await SocketNode.UntilAsync(() => threads.LostCount == 0);
    }

    [Fact]
    public async Task Waiting_for_the_server_does_not_count()
    {
        using var registry = new MetricRegistry(new MetricsOptions());
        using var threads = new ScriptThreads(new RuntimeOptions(), registry, TimeProvider.System, NullLogger<ScriptThreads>.Instance);
        var deadline = new ScriptDeadline(TimeProvider.System, TimeSpan.FromMilliseconds(100), new ScriptStack());

        var isOverdue = await threads.RunAsync(deadline, static deadline =>
        {
            deadline.Begin();
            deadline.Pause();
            return deadline.IsOverdue(TimeSpan.FromDays(-1));
        }, deadline);

        Assert.False(isOverdue);
    }

    [Fact]
    public async Task Long_scripts_hold_up_no_others_although_there_are_more_of_them_than_processors()
    {
        using var registry = new MetricRegistry(new MetricsOptions());
        var atOnce = Environment.ProcessorCount * 3;
        using var threads = new ScriptThreads(new RuntimeOptions { JsMaxCount = atOnce + 1 }, registry, TimeProvider.System, NullLogger<ScriptThreads>.Instance);
        using var all = new CountdownEvent(atOnce);
        using var end = new ManualResetEventSlim();
        var run = (All: all, End: end);
        var others = Enumerable.Range(0, atOnce).Select(_ => threads.RunAsync(run, static run =>
        {
            run.All.Signal();
            run.End.Wait();
            return 0;
        }, null).AsTask()).ToList();
        await SocketNode.UntilAsync(() => all.IsSet);

        Assert.Equal(2, await threads.RunAsync(1, static value => value + 1, null));

        end.Set();
        await Task.WhenAll(others);
    }

    [Fact]
    public async Task The_calls_of_a_match_run_within_its_turn()
    {
        using var registry = new MetricRegistry(new MetricsOptions());
        using var threads = new ScriptThreads(new RuntimeOptions(), registry, TimeProvider.System, NullLogger<ScriptThreads>.Instance);
        var turn = new Turn(() =>
        {
            var thread = Environment.CurrentManagedThreadId;
            var first = threads.RunAsync(0, static _ => Environment.CurrentManagedThreadId, null);
            var second = threads.RunAsync(0, static _ => Environment.CurrentManagedThreadId, null);
            Assert.True(first.IsCompletedSuccessfully && second.IsCompletedSuccessfully);
            Assert.Equal((thread, thread), (first.Result, second.Result));
        });

        threads.Queue(turn);

        await turn.Ended;
        Assert.Null(turn.Reason);
    }

    [Fact]
    public async Task A_match_whose_turn_does_not_stop_is_told_to_end_and_so_is_one_that_finds_no_thread()
    {
        using var registry = new MetricRegistry(new MetricsOptions());
        using var threads = new ScriptThreads(new RuntimeOptions(), registry, TimeProvider.System, NullLogger<ScriptThreads>.Instance);
        using var end = new ManualResetEventSlim();
        var stuck = Enumerable.Range(0, ScriptThreads.MaxLost).Select(index => new Turn(() =>
        {
            var deadline = new ScriptDeadline(TimeProvider.System, TimeSpan.FromMilliseconds(100), new ScriptStack());
            var call = threads.RunAsync((Deadline: deadline, End: end, Index: index), static state =>
            {
                state.Deadline.Begin();
                state.End.Wait();
                state.Deadline.End();
                return state.Index;
            }, deadline);
            Assert.Equal(index, call.Result);
        })).ToList();

        foreach (var turn in stuck) threads.Queue(turn);
        await SocketNode.UntilAsync(() => threads.LostCount == ScriptThreads.MaxLost && stuck.TrueForAll(static turn => turn.Reason is not null));
        Assert.All(stuck, static turn => Assert.IsType<ScriptStoppedException>(turn.Reason));
        Assert.All(stuck, static turn => Assert.False(turn.Ended.IsCompleted));

        var late = new Turn(static () => { });
        threads.Queue(late);
        await late.Ended;
        Assert.Equal(StatusCode.Unavailable, Assert.IsType<ApiException>(late.Reason).Status);
        end.Set();
        await Task.WhenAll(stuck.Select(static turn => turn.Ended));
    }

    /// <param name="threads">Where the call runs.</param>
    /// <param name="all">The calls whose time begins when all of them run.</param>
    /// <param name="end">When the call ends.</param>
    private static Task<int> Stuck(ScriptThreads threads, CountdownEvent all, ManualResetEventSlim end)
    {
        var deadline = new ScriptDeadline(TimeProvider.System, TimeSpan.FromMilliseconds(100), new ScriptStack());
        return threads.RunAsync((Deadline: deadline, All: all, End: end), static state =>
        {
            if (!state.All.IsSet) state.All.Signal();
            state.All.Wait();
            state.Deadline.Begin();
            state.End.Wait();
            state.Deadline.End();
            return 0;
        }, deadline).AsTask();
    }

    private sealed class Turn(Action run) : IMatchTurn
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile Exception? _reason;

        public Task Ended => _ended.Task;

        /// <summary>Why it was told to end; null while it was not.</summary>
        public Exception? Reason => _reason;

        public void Execute()
        {
            try
            {
                run();
                _ended.SetResult();
            }
            catch (Exception e)
            {
                _ended.SetException(e);
            }
        }

        public void Abandon(Exception error) => _reason = error;
    }
}
