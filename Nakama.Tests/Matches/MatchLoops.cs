using System.Collections.Concurrent;
using Nakama.Server.Matches;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Matches;

/// <summary>When a match has its turn, and what happens when it takes too long.</summary>
public sealed class MatchLoops : IDisposable
{
    private readonly LiveHouse _house = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public async Task There_are_as_many_loops_as_the_rate_says_and_none_is_shifted_by_the_ones_before(int rate)
    {
        var match = await _house.BeginAsync(new TestMatch(tickRate: rate));

        for (var millisecond = 1; millisecond <= 1001; millisecond++)
        {
            _house.Clock.Advance(TimeSpan.FromMilliseconds(1));
            var due = (int)((millisecond - 1) * rate / 1000.0);
            await SocketNode.UntilAsync(() => match.LoopCount >= due);
        }

        Assert.Equal(Enumerable.Range(0, rate).Select(tick => $"loop {tick} "), match.Calls);
        Assert.Equal(0, _house.Get<MatchMetrics>().SkippedCount);
    }

    [Fact]
    public async Task Loops_that_a_slow_one_makes_late_are_left_out_and_counted()
    {
        var slow = new TaskCompletionSource<bool>();
        var match = await _house.BeginAsync(new TestMatch { OnLoop = tick => tick == 0 ? new(slow.Task) : new(true) });

        _house.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await SocketNode.UntilAsync(() => match.LoopCount == 1);
        // Due at 200 to 500 ms: one waits, three are left out.
        _house.Clock.Advance(TimeSpan.FromMilliseconds(450));
        slow.SetResult(true);
        await SocketNode.UntilAsync(() => match.LoopCount == 2);

        Assert.Equal(3, _house.Get<MatchMetrics>().SkippedCount);
        Assert.Equal(["loop 0 ", "loop 1 "], match.Calls);
        await SocketNode.UntilAsync(() => _house.Get<MatchMetrics>().Lateness.Count == 2);
    }

    [Fact]
    public async Task The_turns_of_a_handler_with_an_executor_run_there_only()
    {
        var executor = new TestExecutor();
        var match = await _house.BeginAsync(new TestMatch { Executor = executor });

        _house.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await SocketNode.UntilAsync(() => executor.Turns.Count == 1);
        Assert.Empty(match.Calls);
        executor.Turns.Single().Execute();

        Assert.Equal(["loop 0 "], match.Calls);
    }

    [Fact]
    public async Task A_turn_that_does_not_stop_ends_the_match_and_answers_who_waits()
    {
        var executor = new TestExecutor();
        var never = new TaskCompletionSource<MatchSignalAnswer>();
        var match = await _house.BeginAsync(new TestMatch { Executor = executor, OnSignal = _ => new(never.Task) });
        var running = _house.Get<MatchRegistry>().Find(Guid.Parse(match.Id.Split('.')[0]))!.SignalAsync("first", CancellationToken.None).AsTask();
        await SocketNode.UntilAsync(() => executor.Turns.Count == 1);
        executor.Turns.Single().Execute();
        var waiting = _house.Get<MatchRegistry>().Find(Guid.Parse(match.Id.Split('.')[0]))!.SignalAsync("second", CancellationToken.None).AsTask();

        executor.Turns.Single().Abandon(new InvalidOperationException("stuck"));

        await Assert.ThrowsAsync<MatchException>(() => running);
        await Assert.ThrowsAsync<MatchException>(() => waiting);
        Assert.Null(_house.Get<MatchRegistry>().Find(Guid.Parse(match.Id.Split('.')[0])));
        Assert.False(match.IsReleased);
        never.SetResult(new MatchSignalAnswer(true, ""));
        await SocketNode.UntilAsync(() => match.IsReleased);
    }

    [Fact]
    public async Task A_slow_match_does_not_delay_another()
    {
        var never = new TaskCompletionSource<bool>();
        await _house.BeginAsync(new TestMatch { OnLoop = _ => new(never.Task) });
        var quick = await _house.BeginAsync(new TestMatch());

        for (var i = 1; i <= 20; i++)
        {
            _house.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await SocketNode.UntilAsync(() => quick.LoopCount == i);
        }
    }

    [Fact]
    public async Task A_thousand_matches_have_all_their_loops()
    {
        var matches = new List<TestMatch>();
        for (var i = 0; i < 1000; i++) matches.Add(await _house.BeginAsync(new TestMatch(tickRate: 1 + (i % 20))));

        for (var i = 0; i < 1000; i++) _house.Clock.Advance(TimeSpan.FromMilliseconds(1));
        _house.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await SocketNode.UntilAsync(() => matches.Sum(static match => match.LoopCount) + _house.Get<MatchMetrics>().SkippedCount == 50 * 210);
        Assert.All(matches, static match => Assert.InRange(match.LoopCount, 1, 20));
    }

    [Fact]
    public async Task An_empty_match_ends_after_its_time_and_one_with_a_member_does_not()
    {
        using var house = new LiveHouse(options => options with { Match = options.Match with { MaxEmptySec = 2 } });
        var (empty, taken) = (await house.BeginAsync(new TestMatch(tickRate: 1)), await house.BeginAsync(new TestMatch(tickRate: 1)));
        await house.JoinAsync(house.Open(), taken);

        for (var i = 1; i <= 3; i++)
        {
            house.Clock.Advance(TimeSpan.FromSeconds(1));
            await SocketNode.UntilAsync(() => taken.LoopCount == i);
        }

        await SocketNode.UntilAsync(() => empty.IsReleased);
        Assert.Equal(["loop 0 ", "loop 1 "], empty.Calls);
        Assert.Equal((1, false), (house.Get<MatchRegistry>().Count, taken.IsReleased));
    }

    public void Dispose() => _house.Dispose();

    /// <summary>Keeps the turns until a test runs them.</summary>
    private sealed class TestExecutor : IMatchExecutor
    {
        public ConcurrentQueue<IMatchTurn> Turns { get; } = new();

        public void Queue(IMatchTurn turn) => Turns.Enqueue(turn);
    }
}
