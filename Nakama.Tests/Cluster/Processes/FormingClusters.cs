using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Cluster.Processes;

/// <summary>Nodes in processes of their own that find each other, and some that must not come in.</summary>
[Collection(nameof(Alone))]
public sealed class FormingClusters
{
    [Fact]
    public async Task Three_nodes_that_start_together_are_one_cluster_and_players_on_all_of_them_are_in_one_match()
    {
        await using var cluster = await ProcessCluster.StartAsync();
        var players = new List<TestSocket>();
        foreach (var number in (int[])[1, 2, 3]) players.Add(await cluster[number].OpenSocketAsync(await cluster[number].AuthenticateAsync()));

        var id = (await players[0].AskAsync("\"match_create\":{}")).GetProperty("match").GetProperty("match_id").GetString();
        foreach (var player in players[1..]) await player.AskAsync($$""" "match_join":{"match_id":"{{id}}"} """);
        await players[1].SendAsync($$$"""{"match_data_send":{"match_id":"{{{id}}}","op_code":"7"}}""");

        foreach (var player in (TestSocket[])[players[0], players[2]])
            Assert.Equal("7", (await player.ReceiveAsync("match_data")).GetProperty("op_code").GetString());
        foreach (var player in players) await player.DisposeAsync();
    }

    [Fact]
    public async Task A_node_that_was_killed_comes_back_under_its_name()
    {
        await using var cluster = await ProcessCluster.StartAsync();

        await cluster[2].SignalAsync("KILL");
        await cluster[2].WaitForExitAsync();
        await cluster.StartNodeAsync(2);

        await SocketNode.UntilAsync(() => cluster.Running.All(static node => ProcessCluster.MembersOf(node).Count == 2));
    }

    [Fact]
    public async Task A_node_that_loses_its_port_address_and_database_row_does_not_keep_others_from_joining()
    {
        await using var cluster = await ProcessCluster.StartAsync(1);

        await cluster[1].SignalAsync("KILL");
        await cluster[1].WaitForExitAsync();
        await cluster.StartNodeAsync(2);
        await cluster.StartNodeAsync(1);

        await cluster.WholeAsync();
    }

    [Fact]
    public async Task A_node_with_another_secret_ends_with_one_sentence()
    {
        await using var cluster = await ProcessCluster.StartAsync(1);

        var (exitCode, output) = await cluster.RunNodeAsync("stranger", "--cluster.secret", "another secret of some length");

        Assert.Equal(1, exitCode);
        Assert.Single(output.Split('\n'), static line => line.Contains("\"level\":\"fatal\"", StringComparison.Ordinal));
        Assert.Contains("has another cluster.secret than this one", output, StringComparison.Ordinal);
        Assert.Empty(ProcessCluster.MembersOf(cluster[1]));
    }

    [Fact]
    public async Task A_node_with_the_name_of_another_one_ends_with_one_sentence()
    {
        await using var cluster = await ProcessCluster.StartAsync(1);

        var (exitCode, output) = await cluster.RunNodeAsync(ProcessCluster.NameOf(1));

        Assert.Equal(1, exitCode);
        Assert.Single(output.Split('\n'), static line => line.Contains("\"level\":\"fatal\"", StringComparison.Ordinal));
        Assert.Contains("The name node1 is taken by the node at 127.0.0.1:", output, StringComparison.Ordinal);
        Assert.False(cluster[1].HasExited);
    }

    [Fact]
    public async Task Nodes_that_are_given_addresses_of_others_join_them()
    {
        await using var cluster = await ProcessCluster.StartAsync(1);
        var address = cluster[1].Output.Split('\n').Single(static line => line.Contains("Member of the cluster", StringComparison.Ordinal));
        using var json = System.Text.Json.JsonDocument.Parse(address);

        await cluster.StartNodeAsync(2, "--cluster.join", json.RootElement.GetProperty("address").GetString()!);
        await cluster.WholeAsync();

        Assert.Equal([ProcessCluster.NameOf(2)], ProcessCluster.MembersOf(cluster[1]));
    }
}
