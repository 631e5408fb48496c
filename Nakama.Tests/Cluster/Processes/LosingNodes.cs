using System.Diagnostics;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;
using Xunit.Abstractions;

namespace Nakama.Tests.Cluster.Processes;

/// <summary>What players on other nodes see when a node is killed, frozen, or told to stop.</summary>
[Collection(nameof(Alone))]
public sealed class LosingNodes(ITestOutputHelper output)
{
    [Fact]
    public async Task When_a_node_is_killed_its_players_leave_its_parties_close_and_the_others_play_on()
    {
        await using var cluster = await ProcessCluster.StartAsync();
        await using var anna = await OpenAsync(cluster[1]);
        await using var ben = await OpenAsync(cluster[2]);
        await using var carl = await OpenAsync(cluster[3]);
        var match = (await ben.AskAsync("\"match_create\":{}")).GetProperty("match").GetProperty("match_id").GetString();
        foreach (var player in (TestSocket[])[anna, carl]) await player.AskAsync($$""" "match_join":{"match_id":"{{match}}"} """);
        var party = (await anna.AskAsync("\"party_create\":{\"open\":true,\"max_size\":4}")).GetProperty("party").GetProperty("party_id").GetString();
        await ben.AskAsync($$""" "party_join":{"party_id":"{{party}}"} """);

        var clock = Stopwatch.StartNew();
        await cluster[1].SignalAsync("KILL");
        while (!(await carl.ReceiveAsync("match_presence_event")).TryGetProperty("leaves", out _))
        {
        }

        output.WriteLine($"leaves after {clock.Elapsed.TotalSeconds:F1} s");
        Assert.Equal(party, (await ben.ReceiveAsync("party_close")).GetProperty("party_id").GetString());
        Assert.Contains("party not found", (await ben.AskAsync($$""" "party_data_send":{"party_id":"{{party}}","op_code":"1"} """)).ToString(), StringComparison.Ordinal);
        await carl.SendAsync($$$"""{"match_data_send":{"match_id":"{{{match}}}","op_code":"8"}}""");
        Assert.Equal("8", (await ben.ReceiveAsync("match_data")).GetProperty("op_code").GetString());
        await cluster.WholeAsync();
    }

    [Fact]
    public async Task A_node_that_was_frozen_too_long_closes_its_sessions_with_a_reason_and_ends_with_the_code_for_a_restart()
    {
        await using var cluster = await ProcessCluster.StartAsync();
        await using var anna = await OpenAsync(cluster[1]);

        await cluster[1].SignalAsync("STOP");
        await SocketNode.UntilAsync(() => ((int[])[2, 3]).All(number => ProcessCluster.MembersOf(cluster[number]).Count == 1));
        await cluster[1].SignalAsync("CONT");

        while (await anna.ReceiveBytesAsync() is not null)
        {
        }

        Assert.Equal(1001, anna.CloseStatus);
        Assert.Equal(75, await cluster[1].WaitForExitAsync());
        await cluster.StartNodeAsync(1);
        await SocketNode.UntilAsync(() => cluster.Running.All(static node => ProcessCluster.MembersOf(node).Count == 2));
    }

    [Fact]
    public async Task A_node_that_is_told_to_stop_leaves_at_once_and_its_tickets_are_matched_by_the_others()
    {
        await using var cluster = await ProcessCluster.StartAsync(3, "--matchmaker.interval_sec", "1", "--matchmaker.max_intervals", "1000");
        // One of the three owns the matching; each is stopped in turn while tickets wait.
        foreach (var stopped in (int[])[1, 2])
        {
            var stays = cluster.Running.Where(node => node != cluster[stopped]).ToArray();
            await using var anna = await OpenAsync(stays[0]);
            await using var ben = await OpenAsync(stays[^1]);
            foreach (var player in (TestSocket[])[anna, ben])
                await player.AskAsync("\"matchmaker_add\":{\"min_count\":3,\"max_count\":3,\"query\":\"*\"}");

            var clock = Stopwatch.StartNew();
            await cluster[stopped].SignalAsync("TERM");
            Assert.Equal(0, await cluster[stopped].WaitForExitAsync());
            output.WriteLine($"node{stopped} has ended after {clock.Elapsed.TotalSeconds:F1} s");
            await using var carl = await OpenAsync(stays[0]);
            await carl.AskAsync("\"matchmaker_add\":{\"min_count\":3,\"max_count\":3,\"query\":\"*\"}");

            var tokens = new HashSet<string?>();
            foreach (var player in (TestSocket[])[anna, ben, carl]) tokens.Add((await player.ReceiveAsync("matchmaker_matched")).GetProperty("token").GetString());
            Assert.Single(tokens);
            Assert.Contains("Left the cluster", cluster[stopped].Output, StringComparison.Ordinal);
            await cluster.WholeAsync();
        }
    }

    private static async Task<TestSocket> OpenAsync(ServerProcess node) => await node.OpenSocketAsync(await node.AuthenticateAsync());
}
