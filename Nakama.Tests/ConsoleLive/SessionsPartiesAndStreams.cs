using System.Net;
using System.Text.Json;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleLive;

/// <summary>Who is connected to which node, in which parties and streams.</summary>
public sealed class SessionsPartiesAndStreams(LiveCluster nodes) : IClassFixture<LiveCluster>
{
    private const string Root = "/v2/console/live";

    [Fact]
    public async Task The_sessions_of_a_player_on_all_nodes_are_listed_and_one_is_closed()
    {
        var (player, first) = await nodes.OpenAsync(1);
        await using var open = first;
        await using var second = await nodes.Cluster.Nodes[2].OpenSocketAsync(player);

        var sessions = await ListAsync($"session?user_id={player.UserId}", "sessions");

        Assert.Equal(["node2", "node3"], sessions.Select(session => Text(session, "node")).Order());
        Assert.All(sessions, session => Assert.Equal((player.Username, "websocket-json", "127.0.0.1"), (Text(session, "username"), Text(session, "format"), Text(session, "client_ip"))));
        Assert.All(sessions, session => Assert.InRange(session.GetProperty("connect_time").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddMinutes(1)));

        var onThird = Text(sessions.Single(session => Text(session, "node") == "node3"), "session_id");
        Assert.Equal(HttpStatusCode.OK, (await nodes.Admin.PostAsync($"{Root}/session/{onThird}/disconnect")).Status);
        Assert.Null(await second.ReceiveBytesAsync());
        await first.AskAsync("\"ping\":{}");
        Assert.Equal(HttpStatusCode.NotFound, (await nodes.Admin.PostAsync($"{Root}/session/{Guid.NewGuid()}/disconnect")).Status);
    }

    [Fact]
    public async Task A_party_shows_its_members_on_all_nodes_and_is_ended_for_them()
    {
        var (anna, leader) = await nodes.OpenAsync(1, "anna");
        var (ben, member) = await nodes.OpenAsync(2, "ben");
        await using var ofAnna = leader;
        await using var ofBen = member;
        var id = Text((await leader.AskAsync("\"party_create\":{\"open\":true,\"max_size\":3}")).GetProperty("party"), "party_id");
        await member.AskAsync($$""" "party_join":{"party_id":"{{id}}"} """);

        Assert.Equal(id, Text(Assert.Single(await ListAsync($"party?text={id}", "parties")), "party_id"));
        var seen = (await nodes.Admin.GetAsync($"{Root}/party/{id}")).Body;
        Assert.Equal([(anna.Username, "node2"), (ben.Username, "node3")], seen.GetProperty("members").EnumerateArray().Select(one => (Text(one, "username"), Text(one, "node"))));
        Assert.Equal(anna.Username, Text(seen.GetProperty("party").GetProperty("leader"), "username"));

        Assert.Equal(HttpStatusCode.OK, (await nodes.Admin.PostAsync($"{Root}/party/{id}/end")).Status);
        Assert.Equal(id, Text(await member.ReceiveAsync("party_close"), "party_id"));
        Assert.Equal(HttpStatusCode.NotFound, (await nodes.Admin.GetAsync($"{Root}/party/{id}")).Status);
    }

    [Fact]
    public async Task A_stream_is_found_by_its_label_and_shows_who_is_in_it()
    {
        var room = Unique.Name("room");
        var (anna, one) = await nodes.OpenAsync(1);
        var (ben, other) = await nodes.OpenAsync(2);
        await using var ofAnna = one;
        await using var ofBen = other;
        foreach (var socket in (TestSocket[])[one, other]) await socket.AskAsync($$""" "channel_join":{"type":1,"target":"{{room}}"} """);
        await nodes.Cluster.SyncAsync();

        var stream = Assert.Single(await ListAsync($"stream?text={room}", "streams"));
        Assert.Equal((2, room, 2), (stream.GetProperty("mode").GetInt32(), Text(stream, "label"), stream.GetProperty("count").GetInt32()));
        var presences = await ListAsync($"stream/2/presence?label={room}", "presences");
        Assert.Equal(new[] { anna.Username, ben.Username }.Order(), presences.Select(presence => Text(presence, "username")).Order());

        var first = (await nodes.Admin.GetAsync($"{Root}/stream/2/presence?label={room}&limit=1")).Body;
        var rest = await ListAsync($"stream/2/presence?label={room}&limit=1&cursor={Text(first, "next_cursor")}", "presences");
        Assert.NotEqual(Text(first.GetProperty("presences")[0], "session_id"), Text(Assert.Single(rest), "session_id"));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private async Task<List<JsonElement>> ListAsync(string path, string name) => [.. (await nodes.Admin.GetAsync($"{Root}/{path}")).Body.GetProperty(name).EnumerateArray()];
}
