using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Nakama.Tests.Cluster;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleLive;

/// <summary>Live methods whose answers are pushed, and nodes that fall silent or leave.</summary>
public sealed class WatchingLiveState(LiveCluster nodes) : IClassFixture<LiveCluster>
{
    [Fact]
    public async Task A_watch_begins_with_the_answer_and_sends_another_when_it_changes()
    {
        var (player, first) = await nodes.OpenAsync(1);
        await using var open = first;
        using var patience = new CancellationTokenSource(TestSocket.Patience);
        await using var events = await WatchAsync(nodes.Admin, "ListLiveSessions", $$"""{"user_id":"{{player.UserId}}"}""", patience.Token);

        Assert.Equal(1, await NextTotalAsync(events));
        await using (await nodes.Cluster.Nodes[2].OpenSocketAsync(player))
        {
            Assert.Equal(2, await NextTotalAsync(events));
        }

        Assert.Equal(1, await NextTotalAsync(events));
    }

    [Theory]
    [InlineData("EndMatch", HttpStatusCode.NotFound)]
    [InlineData("Nonsense", HttpStatusCode.NotFound)]
    [InlineData("ExportAccount", HttpStatusCode.NotFound)]
    [InlineData("ListAccounts", HttpStatusCode.NotFound)]
    [InlineData("ListLiveMatches?request=nonsense", HttpStatusCode.BadRequest)]
    [InlineData("ListLiveMatches?request=%7B%22limit%22%3A1000%7D", HttpStatusCode.BadRequest)]
    public async Task Only_methods_that_read_can_be_watched_with_requests_that_are_valid(string method, HttpStatusCode expected)
    {
        using var response = await nodes.Admin.Http.GetAsync(new Uri($"/v2/console/live/watch/{method}", UriKind.Relative));
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task A_watch_needs_the_right_of_its_method()
    {
        var (reader, _) = await ConsoleCaller.CreateAsync(nodes.Cluster.Nodes[0], """{"admin":false,"acl":{"ACCOUNT":{"read":true}}}""");
        using (reader)
        {
            using var patience = new CancellationTokenSource(TestSocket.Patience);
            await using var events = await WatchAsync(reader, "ListLiveSessions", "{}", patience.Token);
            Assert.True(await events.MoveNextAsync());
            using var refused = await reader.Http.GetAsync(new Uri("/v2/console/live/watch/ListLiveMatches", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        using var anonymous = ConsoleCaller.Anonymous(nodes.Cluster.Nodes[0]);
        using var response = await anonymous.Http.GetAsync(new Uri("/v2/console/live/watch/ListLiveSessions", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task The_feed_shows_every_node_and_drops_one_that_has_left()
    {
        await using var cluster = await TestCluster.StartAsync(configure: LiveCluster.KeepLines);
        using var admin = ConsoleCaller.Basic(cluster.Nodes[0], "admin", "password");
        await UntilNodesAsync(admin, "node1:0 node2:0 node3:0");

        cluster.Lose(cluster.Nodes[2]);

        await UntilNodesAsync(admin, "node1:0 node2:0");
        var list = (await admin.GetAsync("/v2/console/live/session")).Body;
        Assert.Empty(list.GetProperty("unreachable").EnumerateArray());
    }

    [Fact]
    public async Task Lines_of_all_nodes_are_found_by_text_and_without_secrets()
    {
        var word = Unique.Name("word");
        var logger = nodes.Get<Microsoft.Extensions.Logging.ILoggerFactory>(1).CreateLogger("Test.Lines");
        LiveLines.Wrote(logger, word, "eyJhbGciOiJIUzI1NiJ9.eyJpZCI6MX0.c2VjcmV0", "hunter2");

        var line = Assert.Single((await nodes.Admin.GetAsync($"/v2/console/live/log?text={word}")).Body.GetProperty("lines").EnumerateArray());

        Assert.Equal(("node2", "warn", "Test.Lines"), (Text(line, "node"), Text(line, "level"), Text(line, "category")));
        var raw = line.GetRawText();
        Assert.Contains(word, raw, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", raw, StringComparison.Ordinal);
        Assert.Empty((await nodes.Admin.GetAsync($"/v2/console/live/log?text={word}&level=error")).Body.GetProperty("lines").EnumerateArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await nodes.Admin.GetAsync("/v2/console/live/log?level=warning")).Status);
        foreach (var secret in (string[])["hunter2", "c2VjcmV0"])
            Assert.Empty((await nodes.Admin.GetAsync($"/v2/console/live/log?text={secret}")).Body.GetProperty("lines").EnumerateArray());
    }

    [Fact]
    public async Task The_feed_of_events_tells_sessions_of_all_nodes_and_events_of_games()
    {
        var (player, socket) = await nodes.OpenAsync(2);
        await using var open = socket;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/event") { Headers = { Authorization = player.Bearer } };
        request.Content = new StringContent("""{"name":"level_up","properties":{"level":"7"}}""", System.Text.Encoding.UTF8, "application/json");
        (await nodes.Cluster.Nodes[2].Http.SendAsync(request)).Dispose();

        var events = (await nodes.Admin.GetAsync($"/v2/console/live/event?text={player.UserId}")).Body.GetProperty("events").EnumerateArray().ToList();

        Assert.Equal(["session opened node3", "game level_up node3"], events.Select(one => $"{Text(one, "kind")} {Text(one, "name")} {Text(one, "node")}"));
        Assert.Equal("7", Text(events[1].GetProperty("properties"), "level"));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static async Task<IAsyncEnumerator<SseItem<string>>> WatchAsync(ConsoleCaller caller, string method, string request, CancellationToken cancellationToken)
    {
        var stream = await caller.Http.GetStreamAsync(new Uri($"/v2/console/live/watch/{method}?request={Uri.EscapeDataString(request)}", UriKind.Relative), cancellationToken);
        return SseParser.Create(stream).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
    }

    private static async Task<int> NextTotalAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        do Assert.True(await events.MoveNextAsync());
        while (events.Current.EventType != "message");
        return JsonDocument.Parse(events.Current.Data).RootElement.GetProperty("total").GetInt32();
    }

    private static async Task UntilNodesAsync(ConsoleCaller admin, string expected)
    {
        using var patience = new CancellationTokenSource(TestSocket.Patience);
        while (true)
        {
            var nodes = (await admin.GetAsync("/v2/console/status")).Body.GetProperty("nodes").EnumerateArray();
            if (string.Join(' ', nodes.Select(node => $"{Text(node, "name")}:{node.GetProperty("health")}").Order(StringComparer.Ordinal)) == expected) return;
            await Task.Delay(100, patience.Token);
        }
    }
}
