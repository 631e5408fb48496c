using System.Diagnostics;
using Xunit.Abstractions;

namespace Nakama.Tests.Cluster.Faults;

/// <summary>What players see when a node cannot reach others any more.</summary>
[Collection(nameof(CutClusters))]
public sealed class CuttingNodesOff(FaultCluster cluster, ITestOutputHelper output)
{
    [Fact]
    public async Task The_owner_of_the_matchmaker_cut_off_from_all_others_matches_no_more_closes_its_sessions_and_comes_back()
    {
        await cluster.ReadyAsync();
        var (term, minority) = (await cluster.OwnerAsync())!.Value;
        var majority = FaultCluster.Others(minority);
        var players = await cluster.OpenMatchAsync(majority[0], majority[1], minority);
        var (anna, ben, carl) = (players[0], players[1], players[2]);
        var dora = await cluster.OpenAsync(minority);
        await anna.FindAsync(2);

        var clock = Stopwatch.StartNew();
        foreach (var other in majority) await cluster.Network.CutAsync(minority, other);
        var leave = await anna.SeesLeaveOfAsync(carl);
        await cluster.UntilAsync(async () => (await cluster.OwnerAsync())!.Value.Term > term);
        // Two tickets on the minority, which was the owner: were it one still, they would be a match.
        await dora.TryFindAsync(2);
        await carl.TryFindAsync(2);
        await ben.FindAsync(2);

        Assert.Equal(await anna.FoundAsync(), await ben.FoundAsync());
        output.WriteLine($"leave seen after {leave:F1} s, matched by the new owner after {clock.Elapsed.TotalSeconds:F1} s");
        await anna.SendAsync(8);
        Assert.Equal(8, await ben.ReceiveAsync());
        Assert.NotEqual(minority, (await cluster.OwnerAsync())!.Value.Number);
        foreach (var lost in (FaultPlayer[])[carl, dora]) Assert.Equal((1001, 0), await lost.ReadToEndAsync("matchmaker_matched"));
        output.WriteLine($"sessions of the minority closed after {clock.Elapsed.TotalSeconds:F1} s");
        await cluster.UntilAsync(() => Task.FromResult(cluster[minority].HasExited));
        var end = Stopwatch.StartNew();
        await cluster.Network.HealAsync();
        await cluster.WholeAsync();
        output.WriteLine($"whole {end.Elapsed.TotalSeconds:F1} s after the minority has ended and the network was repaired");
        Assert.Equal([(minority, 75)], cluster.TakeEnded());
        await cluster.OpenAsync(minority, carl.Player);
    }

    [Fact]
    public async Task Of_two_nodes_cut_off_from_each_other_at_least_one_ends_the_third_goes_on_and_nothing_stored_is_lost()
    {
        await cluster.ReadyAsync();
        var players = await cluster.OpenMatchAsync(1, 2, 3);
        var stored = await players[0].WriteAsync("before the cut");

        var clock = Stopwatch.StartNew();
        await cluster.Network.CutAsync(1, 2);
        await cluster.UntilAsync(() => Task.FromResult(cluster[1].HasExited || cluster[2].HasExited));
        output.WriteLine($"decided after {clock.Elapsed.TotalSeconds:F1} s");
        await cluster.HealAsync(output, "cut off from one");

        var ended = cluster.TakeEnded();
        output.WriteLine("ended: " + string.Join(", ", ended));
        Assert.NotEmpty(ended);
        await players[2].SeesLeaveOfAsync(ended.Select(node => players[node.Number - 1]));
        foreach (var (number, code) in ended)
        {
            Assert.Equal(75, code);
            Assert.Equal(1001, (await players[number - 1].ReadToEndAsync("error")).Code);
        }

        Assert.DoesNotContain(ended, static node => node.Number == 3);
        var again = await cluster.OpenAsync(3, players[0].Player);
        Assert.Equal(stored.Version, (await again.ReadAsync(["before the cut"]))["before the cut"]);
    }
}
