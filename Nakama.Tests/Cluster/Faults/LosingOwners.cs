using System.Diagnostics;
using Xunit.Abstractions;

namespace Nakama.Tests.Cluster.Faults;

/// <summary>What happens to tickets when the node that matches them is killed.</summary>
[Collection(nameof(CutClusters))]
public sealed class LosingOwners(FaultCluster cluster, ITestOutputHelper output)
{
    [Fact]
    public async Task When_the_owner_of_the_matchmaker_is_killed_tickets_of_other_nodes_are_matched_by_the_next_one()
    {
        await cluster.ReadyAsync();
        var (term, owner) = (await cluster.OwnerAsync())!.Value;
        var others = FaultCluster.Others(owner);
        var anna = await cluster.OpenAsync(others[0]);
        var ben = await cluster.OpenAsync(others[1]);
        var lost = await cluster.OpenAsync(owner);
        await anna.FindAsync(3);
        await lost.FindAsync(3);

        var clock = Stopwatch.StartNew();
        await cluster[owner].SignalAsync("KILL");
        await ben.FindAsync(3);
        var carl = await cluster.OpenAsync(others[1]);
        await carl.FindAsync(3);

        Assert.Single(new HashSet<string> { await anna.FoundAsync(), await ben.FoundAsync(), await carl.FoundAsync() });
        output.WriteLine($"matched {clock.Elapsed.TotalSeconds:F1} s after the owner was killed");
        var next = (await cluster.OwnerAsync())!.Value;
        Assert.True(next.Term > term);
        await cluster.WholeAsync();
        output.WriteLine($"whole after {clock.Elapsed.TotalSeconds:F1} s");
    }
}
