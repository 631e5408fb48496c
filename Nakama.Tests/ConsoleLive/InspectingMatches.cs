using System.Net;
using System.Text.Json;
using Nakama.Server.Matches;
using Nakama.Tests.Matches;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleLive;

/// <summary>Matches of all nodes, as an operator sees and changes them.</summary>
public sealed class InspectingMatches(LiveCluster nodes) : IClassFixture<LiveCluster>
{
    private const string Root = "/v2/console/live/match";

    [Fact]
    public async Task A_match_of_another_node_shows_its_state_its_players_and_its_traffic()
    {
        var label = Unique.Name("label");
        var match = await BeginAsync(1, new TestMatch(label));
        var (player, socket) = await nodes.OpenAsync(2);
        await using var open = socket;
        await JoinAsync(socket, match);
        await socket.SendAsync($$$"""{"match_data_send":{"match_id":"{{{match.Id}}}","op_code":"1","data":"aGVsbG8="}}""");

        var seen = await UntilAsync(match.Id, static body => Timing(body, "messages_in") == 1 && body.GetProperty("match").GetProperty("tick").GetString() != "0");

        var shown = seen.GetProperty("match");
        Assert.Equal(("test", label, "node2", 1), (Text(shown, "handler"), Text(shown, "label"), Text(shown, "node"), shown.GetProperty("size").GetInt32()));
        Assert.Equal(("state", "5"), (Text(seen, "state"), Text(seen, "state_bytes")));
        Assert.Equal(5, Timing(seen, "bytes_in"));
        var presence = Assert.Single(seen.GetProperty("presences").EnumerateArray());
        Assert.Equal((player.Username, "node3"), (Text(presence, "username"), Text(presence, "node")));
    }

    [Fact]
    public async Task A_signal_reaches_a_match_of_another_node_and_is_recorded()
    {
        var match = await BeginAsync(2, new TestMatch());

        var answer = await nodes.Admin.PostAsync($"{Root}/{match.Id}/signal", new { data = "hello" });

        Assert.Equal((HttpStatusCode.OK, "re:hello"), (answer.Status, Text(answer.Body, "data")));
        var audit = await nodes.Admin.GetAsync("/v2/console/live/event?kind=operator");
        Assert.Contains(audit.Body.GetProperty("events").EnumerateArray(), one => Text(one, "name") == "match was sent a signal");
    }

    [Fact]
    public async Task A_kicked_player_leaves_the_match_and_stays_connected()
    {
        var match = await BeginAsync(1, new TestMatch());
        var (_, socket) = await nodes.OpenAsync(2);
        await using var open = socket;
        await JoinAsync(socket, match);
        var seen = await UntilAsync(match.Id, static body => body.GetProperty("presences").GetArrayLength() == 1);
        var session = Text(seen.GetProperty("presences")[0], "session_id");

        var kicked = await nodes.Admin.PostAsync($"{Root}/{match.Id}/kick", new { session_id = session });

        Assert.Equal(HttpStatusCode.OK, kicked.Status);
        await UntilAsync(match.Id, static body => body.GetProperty("presences").GetArrayLength() == 0);
        await socket.AskAsync("\"ping\":{}");
        Assert.Equal(HttpStatusCode.NotFound, (await nodes.Admin.PostAsync($"{Root}/{match.Id}/kick", new { session_id = session })).Status);
    }

    [Fact]
    public async Task An_ended_match_is_gone_from_its_node_and_from_the_list()
    {
        var match = await BeginAsync(2, new TestMatch(Unique.Name("label")));
        Assert.Single(await FindAsync(match.Id));

        Assert.Equal(HttpStatusCode.OK, (await nodes.Admin.PostAsync($"{Root}/{match.Id}/end")).Status);

        await SocketNode.UntilAsync(() => match.IsReleased);
        Assert.Empty(await FindAsync(match.Id));
        Assert.Equal(HttpStatusCode.NotFound, (await nodes.Admin.GetAsync($"{Root}/{match.Id}")).Status);
    }

    [Fact]
    public async Task A_relayed_match_shows_its_players_and_can_be_ended()
    {
        var (player, socket) = await nodes.OpenAsync(1);
        await using var open = socket;
        var id = Text((await socket.AskAsync("\"match_create\":{}")).GetProperty("match"), "match_id");
        await nodes.Cluster.SyncAsync();

        var seen = (await nodes.Admin.GetAsync($"{Root}/{id}")).Body;
        Assert.Equal(player.Username, Text(seen.GetProperty("presences")[0], "username"));
        Assert.Single(await FindAsync(id));

        Assert.Equal(HttpStatusCode.OK, (await nodes.Admin.PostAsync($"{Root}/{id}/end")).Status);
        await SocketNode.UntilAsync(() => nodes.Get<Nakama.Server.Presence.PresenceTracker>(1).ListStreams(5).All(one => MatchStream.IdOf(one.Stream) != id));
    }

    [Fact]
    public async Task Pages_hold_every_match_of_all_nodes_once_the_youngest_first()
    {
        var label = Unique.Name("page");
        var begun = new List<string>();
        for (var i = 0; i < 7; i++) begun.Add((await BeginAsync(i % 3, new TestMatch(label))).Id);

        var found = new List<string>();
        var times = new List<string>();
        var cursor = "";
        do
        {
            var page = (await nodes.Admin.GetAsync($"{Root}?text={label}&limit=3&cursor={cursor}")).Body;
            Assert.Equal(7, page.GetProperty("total").GetInt32());
            Assert.True(page.GetProperty("matches").GetArrayLength() <= 3);
            found.AddRange(page.GetProperty("matches").EnumerateArray().Select(static match => Text(match, "match_id")));
            times.AddRange(page.GetProperty("matches").EnumerateArray().Select(static match => Text(match, "create_time")));
            cursor = Text(page, "next_cursor");
        }
        while (cursor.Length > 0);

        Assert.Equal(begun.Order(), found.Order());
        var instants = times.ConvertAll(static time => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(instants.OrderDescending(), instants);
    }

    [Fact]
    public async Task Bad_ids_limits_and_cursors_are_refused_with_a_sentence()
    {
        Assert.Equal("Requires a valid match ID.", Text((await nodes.Admin.GetAsync($"{Root}/nonsense")).Body, "message"));
        Assert.Equal("Limit must be between 1 and 100.", Text((await nodes.Admin.GetAsync($"{Root}?limit=101")).Body, "message"));
        Assert.Equal("Cursor is invalid.", Text((await nodes.Admin.GetAsync($"{Root}?cursor=%21")).Body, "message"));
        var gone = await nodes.Admin.GetAsync($"{Root}/{Guid.NewGuid()}.nowhere");
        Assert.Equal((HttpStatusCode.NotFound, "The node is not a member of the cluster."), (gone.Status, Text(gone.Body, "message")));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static long Timing(JsonElement inspection, string name) =>
        long.Parse(inspection.GetProperty("match").GetProperty("timing").GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static Task<JsonElement> JoinAsync(TestSocket socket, TestMatch match) => socket.AskAsync($$""" "match_join":{"match_id":"{{match.Id}}"} """);

    private Task<TestMatch> BeginAsync(int node, TestMatch match) => nodes.Get<MatchRegistry>(node).BeginAsync(match);

    private async Task<List<JsonElement>> FindAsync(string id) =>
        [.. (await nodes.Admin.GetAsync($"{Root}?text={id}")).Body.GetProperty("matches").EnumerateArray()];

    private async Task<JsonElement> UntilAsync(string id, Func<JsonElement, bool> isWanted)
    {
        using var patience = new CancellationTokenSource(TestSocket.Patience);
        while (true)
        {
            var (status, body) = await nodes.Admin.GetAsync($"{Root}/{id}");
            if (status == HttpStatusCode.OK && isWanted(body)) return body;
            await Task.Delay(50, patience.Token);
        }
    }
}
