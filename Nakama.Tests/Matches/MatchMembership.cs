using Google.Protobuf;
using Nakama.Protocol.Realtime;
using Nakama.Server.Matches;
using Nakama.Server.Presence;
using Nakama.Tests.Presence;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Matches;

/// <summary>Who is in a match, and who hears what it sends.</summary>
public sealed class MatchMembership : IAsyncLifetime, IDisposable
{
    private readonly LiveHouse _house = new();
    private readonly TestMatch _match = new("room", tickRate: 1);

    public Task InitializeAsync() => _house.BeginAsync(_match);

    [Fact]
    public async Task Who_leaves_or_disconnects_is_reported_with_the_reason()
    {
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        await _house.JoinAsync(anna, _match);
        await _house.JoinAsync(ben, _match);

        await LeaveAsync(anna);
        ben.Close(Nakama.Server.Sessions.SessionClose.PeerClosed);
        await SocketNode.UntilAsync(() => _match.Calls.Count == 6);

        Assert.Equal(["attempt 0 anna", "join 0 anna:0", "attempt 0 ben", "join 0 ben:0", "leave 0 anna:3", "leave 0 ben:4"], _match.Calls);
        Assert.Equal(0, Listed.Size);
    }

    [Fact]
    public async Task Who_joins_a_second_time_is_not_asked_again_and_gets_the_newest_label()
    {
        var anna = _house.Open("anna");
        await _house.JoinAsync(anna, _match);
        _match.Dispatcher.UpdateLabel("renamed");

        var again = (await _house.JoinAsync(anna, _match)).Match;

        Assert.Equal(("renamed", 1, "anna"), (again.Label, again.Size, again.Presences.Single().Username));
        Assert.Equal(["attempt 0 anna", "join 0 anna:0"], _match.Calls);
    }

    [Fact]
    public async Task Who_leaves_and_comes_back_at_once_is_asked_again_after_the_leave()
    {
        var anna = _house.Open("anna");
        await _house.JoinAsync(anna, _match);
        var leaving = new TaskCompletionSource<bool>();
        _match.OnLeave = _ => new(leaving.Task);

        await _house.ProcessAsync(anna, new Envelope { MatchLeave = new MatchLeave { MatchId = _match.Id } });
        var joining = _house.JoinAsync(anna, _match);
        await SocketNode.UntilAsync(() => _match.Calls.Count == 3);
        leaving.SetResult(true);

        Assert.Empty((await joining).Match.Presences);
        Assert.Equal(["attempt 0 anna", "join 0 anna:0", "leave 0 anna:3", "attempt 0 anna", "join 0 anna:0"], _match.Calls);
        Assert.Equal(1, Listed.Size);
    }

    [Fact]
    public async Task Who_is_let_in_and_never_arrives_leaves_after_the_deadline()
    {
        var anna = _house.Open("anna");
        await _house.Get<MatchRegistry>().Find(Stream.Subject)!.AdmitAsync(AttemptOf(anna), CancellationToken.None);
        Assert.Equal(1, Listed.Size);

        for (var i = 1; i <= 30; i++)
        {
            _house.Clock.Advance(TimeSpan.FromSeconds(1));
            await SocketNode.UntilAsync(() => _match.LoopCount == i);
        }

        await SocketNode.UntilAsync(() => _match.Story.Count == 3);
        Assert.Equal("leave 30 anna:0", _match.Story[2]);
        Assert.Equal(0, Listed.Size);
    }

    [Fact]
    public async Task A_session_that_closes_while_it_is_let_in_leaves_at_once()
    {
        var anna = _house.Open("anna");
        _match.OnAttempt = _ =>
        {
            anna.Close(Nakama.Server.Sessions.SessionClose.PeerClosed);
            return new(new MatchJoinDecision(true, true));
        };

        await _house.ProcessAsync(anna, new Envelope { MatchJoin = new MatchJoin { MatchId = _match.Id } });

        await SocketNode.UntilAsync(() => Listed.Size == 0 && _match.Story.Count == 3);
        Assert.Equal("leave 0 anna:0", _match.Story[2]);
    }

    [Fact]
    public async Task Kicked_members_are_told_nothing_and_the_handler_sees_them_leave()
    {
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        await _house.JoinAsync(anna, _match);
        await _house.JoinAsync(ben, _match);
        var before = anna.Received.Count;

        _match.Dispatcher.Kick([new MatchTarget(anna.Id, "house"), new MatchTarget(Guid.NewGuid(), "house"), new MatchTarget(ben.Id, "elsewhere")]);
        await SocketNode.UntilAsync(() => _match.Calls.Count == 5);
        await _house.SettledAsync();

        Assert.Equal("leave 0 anna:3", _match.Calls[^1]);
        Assert.Equal((before, false), (anna.Received.Count, anna.IsClosing));
        Assert.Equal("anna", ben.Received[^1].MatchPresenceEvent.Leaves.Single().Username);
    }

    [Fact]
    public async Task Who_is_kicked_while_joining_does_not_stay()
    {
        var anna = _house.Open("anna");
        _match.OnJoin = presences =>
        {
            _match.Dispatcher.Kick([new MatchTarget(presences[0].SessionId, presences[0].Node)]);
            return true;
        };

        await _house.JoinAsync(anna, _match);

        await SocketNode.UntilAsync(() => _match.Calls.Count == 3 && Listed.Size == 0);
        Assert.Equal("leave 0 anna:3", _match.Calls[2]);
        Assert.Null(_house.Tracker.Find(anna, Stream));
    }

    [Fact]
    public async Task A_session_that_game_logic_puts_into_the_stream_joins_without_being_asked()
    {
        var anna = _house.Open("anna");

        _house.Tracker.Track(anna, Stream, default, out _);

        await SocketNode.UntilAsync(() => _match.Calls.Count == 1);
        Assert.Equal(["join 0 anna:0"], _match.Calls);
    }

    [Fact]
    public async Task Broadcasts_reach_all_or_the_named_members_in_order_and_deferred_ones_last()
    {
        var (anna, ben) = (_house.Open("anna"), _house.Open("ben"));
        await _house.JoinAsync(anna, _match);
        await _house.JoinAsync(ben, _match);
        _match.OnLoop = _ =>
        {
            _match.Dispatcher.BroadcastDeferred(new MatchBroadcast(5, ByteString.Empty));
            _match.Dispatcher.Broadcast(new MatchBroadcast(1, ByteString.CopyFromUtf8("all")));
            _match.Dispatcher.Broadcast(new MatchBroadcast(2, ByteString.Empty) { Receivers = [new MatchTarget(ben.Id, "house"), new MatchTarget(Guid.NewGuid(), "house")] });
            _match.Dispatcher.Broadcast(new MatchBroadcast(3, ByteString.Empty) { Receivers = [] });
            _match.Dispatcher.Broadcast(new MatchBroadcast(4, ByteString.Empty) { Sender = new Nakama.Protocol.Realtime.UserPresence { Username = "dealer" }, IsReliable = false });
            return new(true);
        };

        _house.Clock.Advance(TimeSpan.FromSeconds(1));
        await SocketNode.UntilAsync(() => Heard(ben).Count == 4);

        Assert.Equal([1L, 4L, 5L], Heard(anna).Select(static data => data.OpCode));
        Assert.Equal([1L, 2L, 4L, 5L], Heard(ben).Select(static data => data.OpCode));
        Assert.Equal((_match.Id, "all", true, null), (Heard(anna)[0].MatchId, Heard(anna)[0].Data.ToStringUtf8(), Heard(anna)[0].Reliable, Heard(anna)[0].Presence));
        Assert.Equal(("dealer", false), (Heard(anna)[1].Presence.Username, Heard(anna)[1].Reliable));
    }

    [Fact]
    public async Task What_is_deferred_is_sent_also_when_the_match_ends()
    {
        var anna = _house.Open("anna");
        await _house.JoinAsync(anna, _match);
        _match.OnLoop = _ =>
        {
            _match.Dispatcher.BroadcastDeferred(new MatchBroadcast(9, ByteString.Empty));
            return new(false);
        };

        _house.Clock.Advance(TimeSpan.FromSeconds(1));

        await SocketNode.UntilAsync(() => Heard(anna).Count == 1);
    }

    [Fact]
    public async Task An_operator_sees_the_members_the_tick_and_the_state()
    {
        await _house.JoinAsync(_house.Open("anna"), _match);

        var snapshot = await _house.Get<MatchCalls>().SnapshotAsync(_match.Id, CancellationToken.None);

        Assert.Equal(("anna", 0L, "state"), (snapshot.Presences.Single().Username, snapshot.Tick, snapshot.State));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _house.Dispose();

    private StreamId Stream => MatchStream.TryParse(_match.Id, out var stream) ? stream : throw new InvalidOperationException();

    private Nakama.Protocol.Api.Match Listed => _house.Get<MatchListing>().Find(Stream)!;

    private static List<MatchData> Heard(ListeningSession session) =>
        [.. session.Received.Where(static envelope => envelope.MatchData is not null).Select(static envelope => envelope.MatchData)];

    private static MatchJoinAttempt AttemptOf(ListeningSession session) => new(new MatchPresence(session, "house"), new Dictionary<string, string>())
    {
        Vars = session.Vars,
        Expiry = session.Expiry,
        ClientIp = "",
        ClientPort = "",
    };

    private Task<Envelope?> LeaveAsync(ListeningSession session) => _house.AskAsync(session, $$"""
        "match_leave":{"match_id":"{{_match.Id}}"}
        """);
}
