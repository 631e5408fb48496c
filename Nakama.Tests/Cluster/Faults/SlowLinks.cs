using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Nakama.Tests.Cluster.Faults;

/// <summary>What players see of a node whose network can hardly carry what is sent.</summary>
[Collection(nameof(CutClusters))]
public sealed class SlowLinks(FaultCluster cluster, ITestOutputHelper output)
{
    private const int KilobitsPerSecond = 256;
    private const int Messages = 40;
    private const int AtOnce = 10;
    private const int MessageBytes = 1024;

    [Fact]
    public async Task Messages_to_and_from_a_node_on_a_slow_link_arrive_late_but_all_and_in_order_and_it_stays_a_member()
    {
        await cluster.ReadyAsync();
        var players = await cluster.OpenMatchAsync(1, 2, 3);
        var text = new string('x', MessageBytes);
        FaultPlayer[] senders = [players[0], players[2]];
        await cluster.Network.SlowAsync(3, KilobitsPerSecond);

        var clock = Stopwatch.StartNew();
        for (var first = 1; first <= Messages; first += AtOnce)
        {
            // No more than the queue of a session, or of a node, takes at once.
            foreach (var number in Enumerable.Range(first, AtOnce))
            {
                foreach (var sender in senders)
                    await sender.Socket.SendAsync($$$$"""{"match_data_send":{"match_id":"{{{{sender.Match}}}}","op_code":"{{{{number}}}}","data":"{{{{text}}}}","reliable":true}}""");
            }

            var expected = Enumerable.Range(first, AtOnce);
            await Task.WhenAll(players.Select(player => ReceiveAsync(player, expected)));
        }

        output.WriteLine($"{Messages} messages of {MessageBytes} bytes each way over {KilobitsPerSecond} kbit/s took {clock.Elapsed.TotalSeconds:F1} s");
        Assert.True(cluster.IsWhole);
        Assert.Empty(cluster.TakeEnded());
        await cluster.HealAsync(output, "slow link");

        async Task ReceiveAsync(FaultPlayer player, IEnumerable<int> expected)
        {
            var received = senders.Where(sender => sender != player).ToDictionary(static sender => sender.Player.UserId, static _ => new List<int>());
            while (received.Values.Any(static numbers => numbers.Count < AtOnce))
            {
                var data = await player.Socket.ReceiveAsync("match_data");
                received[data.GetProperty("presence").GetProperty("user_id").GetGuid()].Add(int.Parse(data.GetProperty("op_code").GetString()!, CultureInfo.InvariantCulture));
            }

            Assert.All(received.Values, numbers => Assert.Equal(expected, numbers));
        }
    }
}
