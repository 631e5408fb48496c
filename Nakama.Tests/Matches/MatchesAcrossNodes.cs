using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Matches;
using Nakama.Tests.Cluster;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Matches;

/// <summary>Matches of one node, played from others.</summary>
public sealed class MatchesAcrossNodes(MatchesAcrossNodes.Nodes nodes) : IClassFixture<MatchesAcrossNodes.Nodes>
{
    [Fact]
    public async Task Sessions_of_other_nodes_join_play_and_leave_as_those_of_the_match_s_own()
    {
        var match = await nodes.BeginAsync(new TestMatch("room", tickRate: 20));
        await using var anna = await nodes.OpenAsync(0, "anna");
        await using var ben = await nodes.OpenAsync(1, "ben");
        Assert.False((await JoinAsync(anna.Socket, match)).TryGetProperty("presences", out _));
        var joined = await JoinAsync(ben.Socket, match);
        Assert.Equal(("room", anna.Player.Username), (joined.GetProperty("label").GetString(), joined.GetProperty("presences")[0].GetProperty("username").GetString()));

        await ben.Socket.SendAsync($$$"""{"match_data_send":{"match_id":"{{{match.Id}}}","op_code":"7","data":"aGk="}}""");
        await SocketNode.UntilAsync(() => match.Messages.Count > 0);
        Assert.Equal((ben.Player.Username, 7L, "node2"), (match.Messages[0].Sender.Username, match.Messages[0].OpCode, match.Messages[0].Sender.Node));

        match.Dispatcher.Broadcast(new MatchBroadcast(8, Google.Protobuf.ByteString.Empty));
        Assert.Equal("8", (await anna.Socket.ReceiveAsync("match_data")).GetProperty("op_code").GetString());
        Assert.Equal("8", (await ben.Socket.ReceiveAsync("match_data")).GetProperty("op_code").GetString());

        Assert.Equal(2, (await JoinAsync(ben.Socket, match)).GetProperty("size").GetInt32());
        await ben.Socket.AskAsync($$""" "match_leave":{"match_id":"{{match.Id}}"} """);
        await SocketNode.UntilAsync(() => match.Story[^1].StartsWith("leave", StringComparison.Ordinal));
        Assert.Contains($"{ben.Player.Username}:3", match.Story[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_leaves_and_comes_back_at_once_from_another_node_is_in_the_match()
    {
        var match = await nodes.BeginAsync(new TestMatch());
        await using var ben = await nodes.OpenAsync(2, "ben");
        await JoinAsync(ben.Socket, match);

        for (var i = 0; i < 5; i++)
        {
            await ben.Socket.AskAsync($$""" "match_leave":{"match_id":"{{match.Id}}"} """);
            Assert.False((await JoinAsync(ben.Socket, match)).TryGetProperty("presences", out _));
        }

        await SocketNode.UntilAsync(() => match.Story.Count == 17);
        Assert.StartsWith("join", match.Story[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_on_another_node_is_removed_when_it_is_kicked()
    {
        var match = await nodes.BeginAsync(new TestMatch());
        await using var ben = await nodes.OpenAsync(1, "ben");
        var self = (await JoinAsync(ben.Socket, match)).GetProperty("self").GetProperty("session_id").GetString()!;

        match.Dispatcher.Kick([new MatchTarget(Guid.Parse(self), "node2")]);

        await SocketNode.UntilAsync(() => match.Story[^1].StartsWith("leave", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failing_match_disconnects_its_members_on_other_nodes()
    {
        var match = await nodes.BeginAsync(new TestMatch());
        await using var ben = await nodes.OpenAsync(1, "ben");
        await JoinAsync(ben.Socket, match);

        match.OnLoop = static _ => throw new InvalidOperationException("no board");

        while (await ben.Socket.ReceiveBytesAsync() is not null)
        {
        }
    }

    [Fact]
    public async Task Every_node_lists_finds_signals_and_inspects_it()
    {
        var label = Unique.Name();
        var match = await nodes.BeginAsync(new TestMatch(label));
        await using var ben = await nodes.OpenAsync(1, "ben");
        await JoinAsync(ben.Socket, match);
        var (listing, calls) = (nodes.Get<MatchListing>(2), nodes.Get<MatchCalls>(2));
        await nodes.Cluster.CaughtUpAsync();

        var found = Assert.Single(listing.List(new MatchFilter { Limit = 10, Label = label, MinSize = 1 }));
        Assert.Equal((match.Id, 1, 10, "test"), (found.MatchId, found.Size, found.TickRate, found.HandlerName));
        Assert.Equal("re:ping", await calls.SignalAsync(match.Id, "ping", CancellationToken.None));
        Assert.Equal(("state", ben.Player.Username), await StateAsync());

        match.Dispatcher.UpdateLabel(label + "2");
        await nodes.Cluster.CaughtUpAsync();
        nodes.Get<MatchIndex>(2).Refresh();
        Assert.Single(listing.List(new MatchFilter { Limit = 10, Label = label + "2" }));

        match.OnLoop = static _ => new(false);
        await SocketNode.UntilAsync(() => match.IsReleased);
        await nodes.Cluster.CaughtUpAsync();
        Assert.Empty(listing.List(new MatchFilter { Limit = 10, Label = label + "2" }));
        Assert.Equal("match not found", (await Assert.ThrowsAsync<MatchException>(async () => await calls.SignalAsync(match.Id, "", CancellationToken.None))).Message);

        async Task<(string, string)> StateAsync()
        {
            var snapshot = await calls.SnapshotAsync(match.Id, CancellationToken.None);
            return (snapshot.State, snapshot.Presences.Single().Username);
        }
    }

    [Fact]
    public async Task A_rejection_reaches_the_client_with_its_reason()
    {
        var match = await nodes.BeginAsync(new TestMatch { OnAttempt = static _ => new(new MatchJoinDecision(true, false, "full house")) });
        await using var ben = await nodes.OpenAsync(1, "ben");

        var error = (await ben.Socket.AskAsync($$""" "match_join":{"match_id":"{{match.Id}}"} """)).GetProperty("error");

        Assert.Equal((5, "full house"), (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task The_matches_of_a_node_that_is_lost_end_for_the_members_on_others()
    {
        await using var cluster = await TestCluster.StartAsync();
        var match = await cluster.Nodes[0].Services.GetRequiredService<MatchRegistry>().BeginAsync(new TestMatch());
        var ben = await cluster.Nodes[1].AuthenticateAsync();
        await using var socket = await cluster.Nodes[1].OpenSocketAsync(ben);
        await JoinAsync(socket, match);
        await socket.ReceiveAsync("match_presence_event");

        cluster.Lose(cluster.Nodes[0]);

        var left = (await socket.ReceiveAsync("match_presence_event")).GetProperty("leaves")[0];
        Assert.Equal(ben.Username, left.GetProperty("username").GetString());
        var error = (await socket.AskAsync($$""" "match_join":{"match_id":"{{match.Id}}"} """)).GetProperty("error");
        Assert.Equal(4, error.GetProperty("code").GetInt32());
        Assert.Empty(cluster.Nodes[1].Services.GetRequiredService<MatchListing>().List(new MatchFilter { Limit = 10, IsAuthoritative = true }));
    }

    private static async Task<System.Text.Json.JsonElement> JoinAsync(TestSocket socket, TestMatch match) =>
        (await socket.AskAsync($$""" "match_join":{"match_id":"{{match.Id}}"} """)).GetProperty("match");

    /// <summary>Three nodes; the matches are on the first.</summary>
    public sealed class Nodes : IAsyncLifetime
    {
        public TestCluster Cluster { get; private set; } = null!;

        public async Task InitializeAsync() => Cluster = await TestCluster.StartAsync();

        public async Task DisposeAsync() => await Cluster.DisposeAsync();

        internal T Get<T>(int node)
            where T : notnull => Cluster.Nodes[node].Services.GetRequiredService<T>();

        internal Task<TestMatch> BeginAsync(TestMatch match) => Get<MatchRegistry>(0).BeginAsync(match);

        internal async Task<Seat> OpenAsync(int node, string name)
        {
            var player = await Cluster.Nodes[node].AuthenticateAsync(Unique.Name(name));
            return new Seat(player, await Cluster.Nodes[node].OpenSocketAsync(player));
        }
    }

    internal sealed record Seat(TestPlayer Player, TestSocket Socket) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Socket.DisposeAsync();
    }
}
