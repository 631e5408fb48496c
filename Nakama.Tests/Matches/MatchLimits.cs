using Google.Protobuf;
using Nakama.Protocol.Realtime;
using Nakama.Server.Matches;
using Nakama.Server.Metrics;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Matches;

/// <summary>What a match does when more arrives than it can take, or takes too long.</summary>
public sealed class MatchLimits : IDisposable
{
    private readonly TaskCompletionSource<bool> _busy = new();
    private LiveHouse _house = null!;

    [Fact]
    public async Task Messages_beyond_the_limit_are_dropped_and_counted_and_the_others_arrive_in_order()
    {
        var match = await BeginAsync(static options => options with { InputQueueSize = 3 });
        var anna = _house.Open("anna");
        await _house.JoinAsync(anna, match);

        for (var i = 1; i <= 5; i++) await _house.ProcessAsync(anna, new Envelope { MatchDataSend = new MatchDataSend { MatchId = match.Id, OpCode = i } });
        _house.Clock.Advance(TimeSpan.FromSeconds(1));
        await SocketNode.UntilAsync(() => match.LoopCount == 1);

        Assert.Equal("loop 0 anna:1,anna:2,anna:3", match.Calls[^1]);
        Assert.Equal(2, _house.Get<MetricRegistry>().Counter("match_messages_dropped").Value);
    }

    [Fact]
    public async Task A_handler_that_blocks_its_thread_takes_no_loop_from_other_matches()
    {
        using var release = new ManualResetEventSlim();
        var blocking = await BeginAsync(static options => options);
        var others = new List<TestMatch>();
        for (var i = 0; i < 4; i++) others.Add(await _house.BeginAsync(new TestMatch(tickRate: 1)));
        blocking.OnLoop = _ =>
        {
            release.Wait();
            return new(true);
        };

        var stuck = Task.Run(() => _house.Clock.Advance(TimeSpan.FromSeconds(1)));
        try
        {
            await SocketNode.UntilAsync(() => blocking.LoopCount == 1);
            _house.Clock.Advance(TimeSpan.FromSeconds(1));

            await SocketNode.UntilAsync(() => others.TrueForAll(static match => match.LoopCount == 2));
        }
        finally
        {
            release.Set();
            await stuck;
        }
    }

    [Fact]
    public async Task Attempts_beyond_the_limit_are_refused_and_the_match_goes_on()
    {
        var match = await BeginBusyAsync(static options => options with { JoinAttemptQueueSize = 2 });
        var waiting = new List<Task<Envelope>>();
        for (var i = 0; i < 2; i++) waiting.Add(_house.JoinAsync(_house.Open(), match));

        var refused = (await _house.JoinAsync(_house.Open(), match)).Error;

        Assert.Equal((5, "Match is not currently accepting join requests"), (refused.Code, refused.Message));
        _busy.SetResult(true);
        Assert.All(await Task.WhenAll(waiting), static answer => Assert.NotNull(answer.Match));
    }

    [Fact]
    public async Task Signals_beyond_the_limit_hear_that_the_match_is_busy()
    {
        var match = await BeginBusyAsync(static options => options with { SignalQueueSize = 2 });
        var waiting = new List<Task<string>>();
        for (var i = 0; i < 2; i++) waiting.Add(SignalAsync(match, $"{i}"));

        Assert.Equal("match busy", (await Assert.ThrowsAsync<MatchException>(() => SignalAsync(match, "late"))).Message);

        _busy.SetResult(true);
        Assert.Equal(["re:0", "re:1"], await Task.WhenAll(waiting));
    }

    [Fact]
    public async Task Calls_beyond_the_limit_stop_the_match_and_disconnect_its_members()
    {
        var match = await BeginBusyAsync(static options => options with { CallQueueSize = 3 }, membersFirst: true);
        var anna = _house.Get<Nakama.Server.Sessions.SessionRegistry>().All.Single();

        for (var i = 0; i < 4; i++) _house.Get<MatchRegistry>().Find(IdOf(match))?.Terminate(1);

        await SocketNode.UntilAsync(() => anna.IsClosing);
        Assert.Equal(0, _house.Get<MatchRegistry>().Count);
        _busy.SetResult(true);
        await SocketNode.UntilAsync(() => match.IsReleased);
        Assert.DoesNotContain(match.Calls, static call => call.StartsWith("terminate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Any_number_of_requests_for_the_state_of_a_busy_match_take_one_place()
    {
        var match = await BeginBusyAsync(static options => options with { CallQueueSize = 3 });

        var waiting = Enumerable.Range(0, 200).Select(_ => StateAsync(match)).ToList();
        _busy.SetResult(true);

        Assert.All(await Task.WhenAll(waiting), static state => Assert.Equal("state", state));
        Assert.Equal("state", await StateAsync(match));
        Assert.Equal(1, _house.Get<MatchRegistry>().Count);
    }

    [Fact]
    public async Task A_state_that_cannot_be_described_is_an_error_and_the_match_goes_on()
    {
        var match = await BeginAsync(static options => options);
        match.OnDescribe = static () => throw new InvalidOperationException("a cycle");

        Assert.Equal("match did not return state", (await Assert.ThrowsAsync<MatchException>(() => StateAsync(match))).Message);

        match.OnDescribe = static () => "better";
        Assert.Equal("better", await StateAsync(match));
    }

    [Fact]
    public async Task Leaves_that_wait_for_a_busy_match_become_one_call()
    {
        _house = new LiveHouse(static options => options with { Match = options.Match with { CallQueueSize = 3 } });
        var match = await _house.BeginAsync(new TestMatch(tickRate: 1) { OnLoop = _ => new(_busy.Task) });
        var players = Enumerable.Range(0, 20).Select(_ => _house.Open("anna")).ToList();
        foreach (var player in players) await _house.JoinAsync(player, match);
        _house.Clock.Advance(TimeSpan.FromSeconds(1));
        await SocketNode.UntilAsync(() => match.LoopCount == 1);

        foreach (var player in players) player.Close(Nakama.Server.Sessions.SessionClose.PeerClosed);
        await _house.SettledAsync();
        _busy.SetResult(true);

        await SocketNode.UntilAsync(() => match.Calls[^1].StartsWith("leave", StringComparison.Ordinal));
        Assert.Equal(20, match.Calls[^1].Split(',').Length);
    }

    [Fact]
    public async Task A_match_that_does_not_answer_in_ten_seconds_is_busy_and_admits_nobody()
    {
        var match = await BeginBusyAsync(static options => options);
        var (joining, signal) = (_house.JoinAsync(_house.Open(), match), SignalAsync(match, "x"));
        var state = _house.Get<MatchCalls>().SnapshotAsync(match.Id, CancellationToken.None).AsTask();

        _house.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((5, "Match join rejected"), ((await joining).Error.Code, (await joining).Error.Message));
        Assert.Equal("match busy", (await Assert.ThrowsAsync<MatchException>(() => signal)).Message);
        Assert.Equal("match did not return state", (await Assert.ThrowsAsync<MatchException>(() => state)).Message);
    }

    [Fact]
    public async Task What_waits_for_a_match_that_ends_is_refused()
    {
        var match = await BeginBusyAsync(static options => options);
        var (joining, signal) = (_house.JoinAsync(_house.Open(), match), SignalAsync(match, "x"));

        await _house.Get<MatchRegistry>().CloseAsync(0, CancellationToken.None);

        Assert.Equal(5, (await joining).Error.Code);
        Assert.Equal("match busy", (await Assert.ThrowsAsync<MatchException>(() => signal)).Message);
        Assert.Equal("match not found", (await Assert.ThrowsAsync<MatchException>(() => SignalAsync(match, "x"))).Message);
    }

    [Fact]
    public async Task Deferred_messages_are_bounded_for_each_call()
    {
        var match = await BeginAsync(static options => options with { DeferredQueueSize = 2 });
        var anna = _house.Open("anna");
        await _house.JoinAsync(anna, match);
        var errors = new List<string>();
        match.OnLoop = _ =>
        {
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    match.Dispatcher.BroadcastDeferred(new MatchBroadcast(i, ByteString.Empty));
                }
                catch (MatchException e)
                {
                    errors.Add(e.Message);
                }
            }

            return new(true);
        };

        for (var i = 1; i <= 2; i++)
        {
            _house.Clock.Advance(TimeSpan.FromSeconds(1));
            await SocketNode.UntilAsync(() => anna.Received.Count(static envelope => envelope.MatchData is not null) == 2 * i);
        }

        Assert.Equal(Enumerable.Repeat("too many deferred message broadcasts per tick", 2), errors);
    }

    [Theory]
    [InlineData("nonsense", "match id invalid")]
    [InlineData("11111111-1111-4111-8111-111111111111.", "match not found")]
    [InlineData("11111111-1111-4111-8111-111111111111.house", "match not found")]
    [InlineData("11111111-1111-4111-8111-111111111111.elsewhere", "match not found")]
    public async Task A_signal_for_no_match_says_so(string id, string reason)
    {
        _house = new LiveHouse();

        var error = await Assert.ThrowsAsync<MatchException>(async () => await _house.Get<MatchCalls>().SignalAsync(id, "", CancellationToken.None));

        Assert.Equal(reason, error.Message);
    }

    public void Dispose() => _house.Dispose();

    private static Guid IdOf(TestMatch match) => MatchStream.TryParse(match.Id, out var stream) ? stream.Subject : Guid.Empty;

    private async Task<string> StateAsync(TestMatch match) =>
        (await _house.Get<MatchCalls>().SnapshotAsync(match.Id, CancellationToken.None)).State;

    private Task<string> SignalAsync(TestMatch match, string data) => _house.Get<MatchCalls>().SignalAsync(match.Id, data, CancellationToken.None).AsTask();

    private async Task<TestMatch> BeginAsync(Func<MatchOptions, MatchOptions> change)
    {
        _house = new LiveHouse(options => options with { Match = change(options.Match) });
        return await _house.BeginAsync(new TestMatch(tickRate: 1));
    }

    /// <summary>A match whose first loop goes on until the test ends it.</summary>
    private async Task<TestMatch> BeginBusyAsync(Func<MatchOptions, MatchOptions> change, bool membersFirst = false)
    {
        var match = await BeginAsync(change);
        if (membersFirst) await _house.JoinAsync(_house.Open("anna"), match);
        match.OnLoop = tick => tick == 0 ? new(_busy.Task) : new(true);
        _house.Clock.Advance(TimeSpan.FromSeconds(1));
        await SocketNode.UntilAsync(() => match.LoopCount == 1);
        return match;
    }
}
