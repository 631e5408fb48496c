using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Tests.Presence;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Cluster;

/// <summary>The presences of streams, as every node sees them.</summary>
public sealed class PresencesAcrossNodes
{
    private static Envelope Message => new() { StreamData = new StreamData { Data = "hello" } };

    [Fact]
    public async Task A_session_of_one_node_is_listed_on_the_other_with_all_that_is_known_of_it()
    {
        using var nodes = new TwoNodes();
        var (one, two) = (await nodes.StartAsync("one"), await nodes.StartAsync("two"));
        var stream = TrackerFixture.NewStream();
        var anna = one.Open("anna");

        one.Tracker.Track(anna, stream, new PresenceMeta(Hidden: true, Persistence: true, "away"), out _);
        await one.SyncAsync();

        var seen = Assert.Single(two.Tracker.List(stream));
        Assert.Equal((anna.Id, anna.UserId, "anna", false), (seen.SessionId, seen.UserId, seen.Username, seen.IsLocal));
        Assert.Equal(new PresenceMeta(true, true, "away"), seen.Meta);
        Assert.Equal((1, 1), (one.Tracker.CountIn(stream), two.Tracker.CountIn(stream)));
        Assert.Equal((1, 0), (one.Tracker.Count, two.Tracker.Count));
    }

    [Fact]
    public async Task Joins_and_leaves_of_one_node_are_told_to_the_sessions_of_the_other_in_their_order()
    {
        using var nodes = new TwoNodes();
        var (one, two) = (await nodes.StartAsync("one"), await nodes.StartAsync("two"));
        var stream = TrackerFixture.NewStream();
        var (anna, ben) = (one.Open("anna"), two.Open("ben"));
        two.Tracker.Track(ben, stream, TrackerFixture.Hidden, out _);

        for (var i = 0; i < 3; i++)
        {
            one.Tracker.Track(anna, stream, TrackerFixture.Visible, out _);
            one.Tracker.Untrack(anna, stream);
        }

        await one.SyncAsync();
        await two.Tracker.SettledAsync();

        Assert.Equal(["+anna", "-anna", "+anna", "-anna", "+anna", "-anna"], ben.Received.SelectMany(Story));
    }

    [Fact]
    public async Task A_message_to_a_stream_reaches_the_members_on_all_nodes_once()
    {
        using var nodes = new TwoNodes();
        var (one, two) = (await nodes.StartAsync("one"), await nodes.StartAsync("two"));
        var stream = TrackerFixture.NewStream();
        ListeningSession[] members = [one.Open("anna"), two.Open("ben"), two.Open("carl")];
        var stranger = two.Open("eve");
        one.Tracker.Track(members[0], stream, TrackerFixture.Hidden, out _);
        foreach (var member in members[1..]) two.Tracker.Track(member, stream, TrackerFixture.Hidden, out _);
        await two.SyncAsync();

        one.Router.SendToStream(stream, Message, except: members[0]);
        one.Router.SendToSession(stranger.Id, Message);
        one.Router.SendToAll(Message);
        await SocketNode.UntilAsync(() => stranger.Received.Count == 2 && members.Sum(member => member.Received.Count) == 5);

        Assert.Equal([1, 2, 2], members.Select(member => member.Received.Count));
        Assert.Equal("hello", members[1].Received[0].StreamData.Data);
    }

    [Fact]
    public async Task A_node_that_comes_late_gets_to_know_everyone()
    {
        using var nodes = new TwoNodes();
        var one = await nodes.StartAsync("one");
        var stream = TrackerFixture.NewStream();
        for (var i = 0; i < 1000; i++) one.Tracker.Track(one.Open($"user{i}"), stream, TrackerFixture.Visible, out _);

        var two = await nodes.StartAsync("two");

        await SocketNode.UntilAsync(() => two.Tracker.CountIn(stream) == 1000);
    }

    [Fact]
    public async Task A_node_that_is_gone_takes_its_presences_with_it_and_leaves_are_told()
    {
        using var nodes = new TwoNodes();
        var (one, two) = (await nodes.StartAsync("one"), await nodes.StartAsync("two"));
        var stream = TrackerFixture.NewStream();
        var (anna, ben) = (one.Open("anna"), two.Open("ben"));
        two.Tracker.Track(ben, stream, TrackerFixture.Hidden, out _);
        one.Tracker.Track(anna, stream, TrackerFixture.Visible, out _);
        await one.SyncAsync();

        nodes.Lose("one");
        await SocketNode.UntilAsync(() => two.Bus.IsAlone && two.Tracker.CountIn(stream) == 1 && ben.Received.Count == 2);

        Assert.Equal(["+anna", "-anna"], ben.Received.SelectMany(Story));
        two.Router.SendToStream(stream, Message);
        Assert.Equal(3, ben.Received.Count);
        Assert.True(two.Tracker.SyncAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_large_map_arrives_whole_although_it_changes_on_the_way()
    {
        using var nodes = new TwoNodes(time: TimeProvider.System);
        var one = await nodes.StartAsync("one");
        var sessions = Enumerable.Range(0, 50).Select(i => one.Open($"user{i}")).ToArray();
        var streams = Enumerable.Range(0, 800).Select(_ => TrackerFixture.NewStream()).ToArray();
        foreach (var stream in streams)
        {
            foreach (var session in sessions) one.Tracker.Track(session, stream, TrackerFixture.Hidden, out _);
        }

        var starting = nodes.StartAsync("two");
        foreach (var stream in streams) one.Tracker.Untrack(sessions[0], stream);
        foreach (var session in sessions[1..5]) session.Close(SessionClose.ServerSide);
        var two = await starting;

        await SocketNode.UntilAsync(() => streams.All(stream => two.Tracker.CountIn(stream) == one.Tracker.CountIn(stream)));
        Assert.Equal(45, two.Tracker.CountIn(streams[0]));
    }

    [Fact]
    public async Task What_a_full_link_has_lost_is_told_again()
    {
        using var nodes = new TwoNodes(capacity: 1, TimeProvider.System);
        var (one, two) = (await nodes.StartAsync("one"), await nodes.StartAsync("two"));
        var stream = TrackerFixture.NewStream();
        var sessions = Enumerable.Range(0, 50).Select(i => one.Open($"user{i}")).ToArray();

        foreach (var session in sessions) one.Tracker.Track(session, stream, TrackerFixture.Visible, out _);
        foreach (var session in sessions[..20]) session.Close(SessionClose.ServerSide);

        // While changes are in transit the count may already be right with other members.
        var left = sessions[20..].Select(session => session.Id).ToHashSet();
        await SocketNode.UntilAsync(() => left.SetEquals(two.Tracker.List(stream).Select(presence => presence.SessionId)));
    }

    [Fact]
    public async Task Closing_a_stream_on_one_node_takes_everyone_out_on_all_without_a_word()
    {
        using var nodes = new TwoNodes();
        var (one, two) = (await nodes.StartAsync("one"), await nodes.StartAsync("two"));
        var stream = TrackerFixture.NewStream();
        var (anna, ben) = (one.Open("anna"), two.Open("ben"));
        one.Tracker.Track(anna, stream, TrackerFixture.Hidden, out _);
        two.Tracker.Track(ben, stream, TrackerFixture.Hidden, out _);
        await two.SyncAsync();

        one.Tracker.UntrackStream(stream);
        await SocketNode.UntilAsync(() => !two.Tracker.Exists(stream));
        await two.SyncAsync();

        Assert.False(one.Tracker.Exists(stream));
        Assert.Empty(ben.Received);
        Assert.Empty(two.Tracker.ListOf(ben));
    }

    [Fact]
    public async Task Any_node_can_put_a_session_into_a_stream_and_take_it_out()
    {
        using var nodes = new TwoNodes();
        var (one, two) = (await nodes.StartAsync("one"), await nodes.StartAsync("two"));
        var stream = TrackerFixture.NewStream();
        var ben = two.Open("ben");
        var presences = one.Get<ClusterPresences>();

        Assert.Equal(TrackResult.New, await presences.TrackAsync(ben.UserId, ben.Id, stream, TrackerFixture.Visible, isUpdate: false, default));
        Assert.Equal(TrackResult.Existing, await presences.TrackAsync(ben.UserId, ben.Id, stream, TrackerFixture.Hidden, isUpdate: false, default));
        Assert.Equal(TrackResult.UnknownSession, await presences.TrackAsync(Guid.NewGuid(), ben.Id, stream, default, isUpdate: false, default));
        Assert.Equal(TrackerFixture.Visible, Assert.Single(one.Tracker.List(stream)).Meta);

        presences.Untrack(Assert.Single(one.Tracker.List(stream)));
        await SocketNode.UntilAsync(() => !one.Tracker.Exists(stream));
    }

    [Fact]
    public async Task A_user_with_sockets_on_several_nodes_is_disconnected_on_all()
    {
        using var nodes = new TwoNodes();
        var (one, two) = (await nodes.StartAsync("one"), await nodes.StartAsync("two"));
        var user = Guid.NewGuid();
        var (first, second, third) = (one.Open("anna", user), two.Open("anna", user), two.Open("ben"));

        one.Get<SessionDisconnects>().DisconnectUser(user, except: first);
        one.Get<SessionDisconnects>().Disconnect(third.Id);

        await SocketNode.UntilAsync(() => second.IsClosing && third.IsClosing);
        Assert.False(first.IsClosing);
    }

    private static IEnumerable<string> Story(Envelope envelope) => envelope.StreamPresenceEvent is not { } told
        ? []
        : [.. told.Joins.Select(join => "+" + join.Username), .. told.Leaves.Select(leave => "-" + leave.Username)];
}
