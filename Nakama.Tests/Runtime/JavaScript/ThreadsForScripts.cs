using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Errors;
using Nakama.Server.Metrics;
using Nakama.Server.Runtime;
using Nakama.Server.Runtime.JavaScript;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Runtime.JavaScript;

/// <summary>What becomes of threads whose script does not stop.</summary>
public sealed class ThreadsForScripts
{
    [Fact]
    public async Task Callers_of_threads_that_do_not_stop_are_answered_and_at_most_four_are_written_off()
    {
        using var registry = new MetricRegistry(new MetricsOptions());
        using var threads = new ScriptThreads(new RuntimeOptions(), registry, TimeProvider.System, NullLogger<ScriptThreads>.Instance);
        using var end = new ManualResetEventSlim();

        for (var i = 0; i < ScriptThreads.MaxLost; i++) await Assert.ThrowsAsync<ScriptStoppedException>(() => Stuck(threads, end));

        Assert.Equal(ScriptThreads.MaxLost, threads.LostCount);
        var busy = await Assert.ThrowsAsync<ApiException>(() => threads.RunAsync(1, static value => value, null));
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

        var stuck = Enumerable.Range(0, ScriptThreads.MaxLost + 3).Select(_ => Stuck(threads, end)).ToList();
        foreach (var call in stuck) await Assert.ThrowsAsync<ScriptStoppedException>(() => call);

        Assert.Equal(ScriptThreads.MaxLost, threads.LostCount);
        end.Set();
        await SocketNode.UntilAsync(() => threads.LostCount == 0);
        Assert.Equal(2, await threads.RunAsync(1, static value => value + 1, null));
    }

    [Fact]
    public async Task Waiting_for_the_server_does_not_count()
    {
        using var registry = new MetricRegistry(new MetricsOptions());
        using var threads = new ScriptThreads(new RuntimeOptions(), registry, TimeProvider.System, NullLogger<ScriptThreads>.Instance);
        var deadline = new ScriptDeadline(TimeProvider.System, TimeSpan.FromMilliseconds(100));

        var isOverdue = await threads.RunAsync(deadline, static deadline =>
        {
            deadline.Begin();
            deadline.Pause();
            return deadline.IsOverdue(TimeSpan.FromDays(-1));
        }, deadline);

        Assert.False(isOverdue);
    }

    private static Task<int> Stuck(ScriptThreads threads, ManualResetEventSlim end)
    {
        var deadline = new ScriptDeadline(TimeProvider.System, TimeSpan.FromMilliseconds(100));
        return threads.RunAsync((Deadline: deadline, End: end), static state =>
        {
            state.Deadline.Begin();
            state.End.Wait();
            state.Deadline.End();
            return 0;
        }, deadline);
    }
}
