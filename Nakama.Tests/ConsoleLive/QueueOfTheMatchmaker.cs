using System.Net;
using System.Text.Json;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleLive;

/// <summary>The queue of the matchmaker, wherever its owner is, and why a ticket finds nobody.</summary>
public sealed class QueueOfTheMatchmaker(LiveCluster nodes) : IClassFixture<LiveCluster>
{
    private const string Root = "/v2/console/live/matchmaker";

    // A socket that nothing holds is closed when it is collected, and its ticket with it.
    private readonly List<TestSocket> _open = [];

    [Fact]
    public async Task A_ticket_of_any_node_is_listed_with_what_it_wants()
    {
        var region = Unique.Name("region");
        var (player, ticket) = await AddAsync(2, $"+properties.region:{region}", region, 7);

        var listed = Assert.Single(await UntilListedAsync(region, 1));

        Assert.Equal((ticket, $"+properties.region:{region}", "node3"), (Text(listed, "ticket"), Text(listed, "query"), Text(listed, "node")));
        Assert.Equal((2, 4, 2), (listed.GetProperty("min_count").GetInt32(), listed.GetProperty("max_count").GetInt32(), listed.GetProperty("intervals_left").GetInt32()));
        Assert.Equal(player, Text(listed.GetProperty("presences")[0], "username"));
        Assert.Equal(region, Text(listed.GetProperty("string_properties"), "region"));
        Assert.Equal(7, listed.GetProperty("numeric_properties").GetProperty("rank").GetDouble());
    }

    [Fact]
    public async Task The_clause_that_excludes_most_of_the_queue_is_named()
    {
        var region = Unique.Name("region");
        var seeker = (await AddAsync(0, $"+properties.region:{region} +properties.rank:>=100", region, 50)).Ticket;
        for (var i = 0; i < 3; i++) await AddAsync(i, "*", region, 10 * i);
        await UntilListedAsync(region, 4);

        var explained = (await nodes.Admin.GetAsync($"{Root}/ticket/{seeker}")).Body;

        Assert.Equal(0, explained.GetProperty("candidate_count").GetInt32());
        Assert.Equal("No ticket meets “+properties.rank:>=100”.", Text(explained, "verdict"));
        var clauses = explained.GetProperty("clauses").EnumerateArray().ToArray();
        Assert.Equal(["1 properties.region is", "1 properties.rank range"], clauses.Select(one => $"{one.GetProperty("occurrence")} {Text(one, "field")} {Text(one, "kind")}"));
        Assert.Equal(100, clauses[1].GetProperty("lowest").GetDouble());
        var step = explained.GetProperty("steps").EnumerateArray().Single(one => Text(one, "condition") == "+properties.rank:>=100");
        Assert.Equal((explained.GetProperty("considered").GetInt32(), 0), (step.GetProperty("excluded").GetInt32(), step.GetProperty("remaining").GetInt32()));
    }

    [Fact]
    public async Task A_query_is_tried_against_the_queue_without_a_ticket()
    {
        var region = Unique.Name("region");
        await AddAsync(1, "*", region, 5);
        await AddAsync(2, "*", region, 15);
        var before = await UntilListedAsync(region, 2);

        var found = (await nodes.Admin.PostAsync($"{Root}/query", new { query = $"+properties.region:{region} +properties.rank:>10", min_count = 2, max_count = 4 })).Body;

        var candidate = Assert.Single(found.GetProperty("candidates").EnumerateArray());
        Assert.Equal(15, candidate.GetProperty("numeric_properties").GetProperty("rank").GetDouble());
        Assert.Equal(before.Count, (await UntilListedAsync(region, 2)).Count);
        var (status, error) = await nodes.Admin.PostAsync($"{Root}/query", new { query = "+properties.x:>", min_count = 2, max_count = 4 });
        Assert.Equal((HttpStatusCode.BadRequest, 3), (status, error.GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task A_removed_ticket_no_longer_waits()
    {
        var region = Unique.Name("region");
        var (_, ticket) = await AddAsync(1, "*", region, 1);
        await UntilListedAsync(region, 1);

        Assert.Equal(HttpStatusCode.OK, (await nodes.Admin.PostAsync($"{Root}/ticket/{ticket}/remove")).Status);

        await UntilListedAsync(region, 0);
        Assert.Equal(HttpStatusCode.NotFound, (await nodes.Admin.GetAsync($"{Root}/ticket/{ticket}")).Status);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private async Task<(string Username, string Ticket)> AddAsync(int node, string query, string region, int rank)
    {
        var (player, socket) = await nodes.OpenAsync(node);
        _open.Add(socket);
        var answer = await socket.AskAsync(
            $$$"""
            "matchmaker_add":{"query":"{{{query}}}","min_count":2,"max_count":4,"string_properties":{"region":"{{{region}}}"},"numeric_properties":{"rank":{{{rank}}}}}
            """);
        return (player.Username, Text(answer.GetProperty("matchmaker_ticket"), "ticket"));
    }

    private async Task<List<JsonElement>> UntilListedAsync(string text, int count)
    {
        using var patience = new CancellationTokenSource(TestSocket.Patience);
        while (true)
        {
            var tickets = (await nodes.Admin.GetAsync($"{Root}/ticket?text={text}")).Body.GetProperty("tickets").EnumerateArray().ToList();
            if (tickets.Count == count) return tickets;
            await Task.Delay(50, patience.Token);
        }
    }
}
