using Microsoft.Extensions.Logging;
using Nakama.Server.Lifecycle;
using Nakama.Server.Metrics;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Lifecycle;

public sealed class PeriodicLoops : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly TestTimeProvider _clock = new();
    private readonly MetricRegistry _metrics = new(new MetricsOptions());
    private readonly CapturedLog _log = new();
    private readonly ILoggerFactory _loggers;

    public PeriodicLoops() => _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));

    public void Dispose()
    {
        _loggers.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task A_round_that_fails_is_told_and_the_next_one_runs()
    {
        using var loop = Make(Period, round => round == 1 ? throw new InvalidOperationException("first") : ValueTask.CompletedTask);
        await loop.StartAsync(CancellationToken.None);

        await UntilAsync(() => loop.Rounds >= 3);
        await loop.StopAsync(CancellationToken.None);

        var failure = Assert.Single(_log.Lines);
        Assert.Equal(("A round of background work failed Loop", "first"), (failure.Text, failure.Error?.Message));
        Assert.Contains("background_failures", new PrometheusText(_metrics, new MetricsOptions(), "nakama").Write(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_round_that_takes_longer_than_the_period_is_not_overtaken()
    {
        var release = new TaskCompletionSource();
        using var loop = Make(Period, round => round == 1 ? new ValueTask(release.Task) : ValueTask.CompletedTask);
        await loop.StartAsync(CancellationToken.None);
        await UntilAsync(() => loop.Rounds == 1);

        _clock.Advance(5 * Period);
        Assert.Equal(1, loop.Rounds);

        release.SetResult();
        await UntilAsync(() => loop.Rounds >= 2);
        await loop.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Without_a_period_nothing_runs()
    {
        using var loop = Make(TimeSpan.Zero, static _ => ValueTask.CompletedTask, beginsAtOnce: true);
        await loop.StartAsync(CancellationToken.None);
        await loop.ExecuteTask!;

        Assert.Equal(0, loop.Rounds);
    }

    [Fact]
    public async Task The_first_round_may_run_at_once()
    {
        using var loop = Make(Period, static _ => ValueTask.CompletedTask, beginsAtOnce: true);
        await loop.StartAsync(CancellationToken.None);

        await SpinUntilAsync(() => loop.Rounds == 1);
        await loop.StopAsync(CancellationToken.None);
    }

    private Loop Make(TimeSpan period, Func<int, ValueTask> round, bool beginsAtOnce = false) =>
        new(new LoopContext(_clock, _metrics, _loggers), period, round, beginsAtOnce);

    private Task UntilAsync(Func<bool> isSo) => SpinUntilAsync(() =>
    {
        _clock.Advance(Period);
        return isSo();
    });

    private static async Task SpinUntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isSo())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class Loop(LoopContext context, TimeSpan period, Func<int, ValueTask> round, bool beginsAtOnce)
        : PeriodicLoop(context, period, beginsAtOnce)
    {
        private int _rounds;

        public int Rounds => Volatile.Read(ref _rounds);

        protected override ValueTask RunAsync(CancellationToken cancellationToken) => round(Interlocked.Increment(ref _rounds));
    }
}
