using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Accounts;
using Nakama.Server.Cluster;
using Nakama.Server.Matchmaking;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Cluster;

/// <summary>The effects on players of one game with several nodes, and of the loss of one node: as few as possible.</summary>
public sealed class NodesTogether
{
    [Fact]
    public async Task A_ban_on_one_node_ends_sockets_and_tokens_on_another()
    {
        await using var cluster = await TestCluster.StartAsync();
        var (one, two) = (cluster.Nodes[0], cluster.Nodes[1]);
        var anna = await two.AuthenticateAsync();
        await using var socket = await two.OpenSocketAsync(anna);
        await cluster.SyncAsync();

        await one.Services.GetRequiredService<AccountBans>().BanAsync([anna.UserId], CancellationToken.None);

        var told = await socket.ReceiveAsync("notifications");
        Assert.Equal("banned", told.GetProperty("notifications")[0].GetProperty("subject").GetString());
        Assert.Null(await socket.ReceiveBytesAsync());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/account") { Headers = { Authorization = anna.Bearer } };
        using var answer = await two.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_relayed_match_goes_on_without_the_players_of_a_node_that_is_lost()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var anna = await OpenAsync(cluster.Nodes[0]);
        await using var ben = await OpenAsync(cluster.Nodes[1]);
        await using var carl = await OpenAsync(cluster.Nodes[2]);
        var id = (await anna.AskAsync("\"match_create\":{}")).GetProperty("match").GetProperty("match_id").GetString();
        foreach (var player in (TestSocket[])[ben, carl]) await player.AskAsync($$""" "match_join":{"match_id":"{{id}}"} """);

        await ben.SendAsync($$$"""{"match_data_send":{"match_id":"{{{id}}}","op_code":"7"}}""");
        Assert.Equal("7", (await anna.ReceiveAsync("match_data")).GetProperty("op_code").GetString());
        Assert.Equal("7", (await carl.ReceiveAsync("match_data")).GetProperty("op_code").GetString());

        cluster.Lose(cluster.Nodes[0]);
        while (!(await carl.ReceiveAsync("match_presence_event")).TryGetProperty("leaves", out _))
        {
        }

        await carl.SendAsync($$$"""{"match_data_send":{"match_id":"{{{id}}}","op_code":"8"}}""");
        Assert.Equal("8", (await ben.ReceiveAsync("match_data")).GetProperty("op_code").GetString());
    }

    [Fact]
    public async Task A_party_of_a_node_that_is_lost_ends_with_a_word_and_one_that_lost_a_member_goes_on()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var anna = await OpenAsync(cluster.Nodes[0]);
        await using var ben = await OpenAsync(cluster.Nodes[1]);
        var ofAnna = await CreatePartyAsync(anna);
        var ofBen = await CreatePartyAsync(ben);
        await ben.AskAsync($$""" "party_join":{"party_id":"{{ofAnna}}"} """);
        await anna.AskAsync($$""" "party_join":{"party_id":"{{ofBen}}"} """);

        cluster.Lose(cluster.Nodes[0]);

        Assert.Equal(ofAnna, (await ben.ReceiveAsync("party_close")).GetProperty("party_id").GetString());
        while (!IsLeaveOf(await ben.ReceiveAsync("party_presence_event"), ofBen))
        {
        }

        var answer = await ben.AskAsync($$""" "party_data_send":{"party_id":"{{ofBen}}","op_code":"1"} """);
        Assert.False(answer.TryGetProperty("error", out _));
        Assert.Contains("party not found", (await ben.AskAsync($$""" "party_data_send":{"party_id":"{{ofAnna}}","op_code":"1"} """)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_party_is_listed_on_every_node_until_it_ends()
    {
        await using var cluster = await TestCluster.StartAsync(options => options with { Party = options.Party with { LabelUpdateIntervalMs = 10 } });
        var label = Unique.Name();
        await using var anna = await OpenAsync(cluster.Nodes[0]);
        var ben = await cluster.Nodes[1].AuthenticateAsync();
        var answer = await anna.AskAsync($$""" "party_create":{"open":true,"max_size":4,"label":"{\"map\":\"{{label}}\"}"} """);
        var id = answer.GetProperty("party").GetProperty("party_id").GetString();

        await SocketNode.UntilAsync(async () => (await ListAsync(cluster.Nodes[1], ben, label)).Contains(id!, StringComparison.Ordinal));
        await anna.AskAsync($$""" "party_close":{"party_id":"{{id}}"} """);
        await SocketNode.UntilAsync(async () => !(await ListAsync(cluster.Nodes[1], ben, label)).Contains(id!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Players_of_all_nodes_are_matched_by_the_next_owner_when_the_owner_is_lost()
    {
        await using var cluster = await TestCluster.StartAsync(options => options with { Matchmaker = options.Matchmaker with { IntervalSec = 3600 } });
        var owner = cluster.Nodes.Single(node => node.Services.GetRequiredService<Matchmaker>().Owner.IsLocal);
        var others = cluster.Nodes.Where(node => node != owner).ToArray();
        await using var anna = await OpenAsync(others[0]);
        await using var ben = await OpenAsync(others[1]);
        await using var carl = await OpenAsync(owner);
        foreach (var player in (TestSocket[])[anna, ben, carl])
            await player.AskAsync("\"matchmaker_add\":{\"min_count\":2,\"max_count\":2,\"query\":\"*\"}");
        var gone = (await carl.AskAsync("\"matchmaker_add\":{\"min_count\":2,\"max_count\":2,\"query\":\"*\"}")).GetProperty("matchmaker_ticket").GetProperty("ticket").GetString();
        await carl.AskAsync($$""" "matchmaker_remove":{"ticket":"{{gone}}"} """);

        cluster.Lose(owner);
        await SocketNode.UntilAsync(() => others.All(node => node.Services.GetRequiredService<MessageBus>().Others.Length == 1));
        var next = others.Single(node => node.Services.GetRequiredService<Matchmaker>().Owner.IsLocal);
        await SocketNode.UntilAsync(async () => await next.Services.GetRequiredService<MatchmakerInterval>().RunAsync(CancellationToken.None) == 1);

        var (first, second) = (await anna.ReceiveAsync("matchmaker_matched"), await ben.ReceiveAsync("matchmaker_matched"));
        Assert.Equal(first.GetProperty("token").GetString(), second.GetProperty("token").GetString());
        Assert.Equal(2, first.GetProperty("users").GetArrayLength());
    }

    private static async Task<TestSocket> OpenAsync(TestServer node) => await node.OpenSocketAsync(await node.AuthenticateAsync());

    private static async Task<string> CreatePartyAsync(TestSocket leader) =>
        (await leader.AskAsync("\"party_create\":{\"open\":true,\"max_size\":4}")).GetProperty("party").GetProperty("party_id").GetString()!;

    private static bool IsLeaveOf(JsonElement told, string party) => told.GetProperty("party_id").GetString() == party && told.TryGetProperty("leaves", out _);

    private static async Task<string> ListAsync(TestServer node, TestPlayer player, string label)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v2/party?query=%2Blabel.map:{label}") { Headers = { Authorization = player.Bearer } };
        using var answer = await node.Http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
