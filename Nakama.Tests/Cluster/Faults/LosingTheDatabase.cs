using System.Diagnostics;
using Nakama.Tests.TestHost;
using Xunit.Abstractions;

namespace Nakama.Tests.Cluster.Faults;

/// <summary>What players see when one node, or all of them, cannot reach the database.</summary>
[Collection(nameof(CutClusters))]
public sealed class LosingTheDatabase(FaultCluster cluster, ITestOutputHelper output)
{
    private const int Unavailable = 14;
    private const int Internal = 13;

    [Fact]
    public async Task A_node_cut_off_from_the_database_refuses_what_needs_it_and_goes_on_with_everything_else()
    {
        await cluster.ReadyAsync();
        var players = await cluster.OpenMatchAsync(1, 2, 3);
        var (anna, ben) = (players[0], players[1]);
        var before = await WriteAsync(anna);

        await cluster.Network.CutFromDatabaseAsync(1);
        var clock = Stopwatch.StartNew();
        var (_, code) = await anna.WriteAsync(Unique.Name("k"));
        output.WriteLine($"a write was refused with code {code} after {clock.Elapsed.TotalSeconds:F1} s");

        Assert.Equal(Unavailable, code);
        await anna.SendAsync(5);
        Assert.Equal(5, await ben.ReceiveAsync());
        await ben.SendAsync(6);
        Assert.Equal(6, await anna.ReceiveAsync());
        await WriteAsync(ben);
        Assert.True(cluster.IsWhole);

        clock.Restart();
        await cluster.Network.HealAsync();
        await cluster.UntilAsync(async () => (await anna.WriteAsync(Unique.Name("k"))).Version is not null);
        output.WriteLine($"writes work {clock.Elapsed.TotalSeconds:F1} s after the network was repaired");
        Assert.Equal(before.Version, (await anna.ReadAsync([before.Key]))[before.Key]);
        Assert.True(cluster.IsWhole);
        Assert.Empty(cluster.TakeEnded());
    }

    [Fact]
    public async Task While_the_database_restarts_matches_go_on_and_no_node_leaves()
    {
        await cluster.ReadyAsync();
        var players = await cluster.OpenMatchAsync(1, 2, 3);
        var before = await WriteAsync(players[0]);

        await cluster.Postgres.KillAsync();
        var codes = await Task.WhenAll(players.Select(static async player => (await player.WriteAsync(Unique.Name("k"))).Code));
        Assert.All(codes, static code => Assert.True(code is Internal or Unavailable, $"answered with code {code}"));
        await players[0].SendAsync(5);
        foreach (var other in players[1..]) Assert.Equal(5, await other.ReceiveAsync());
        await cluster.Postgres.RestartAsync();

        var clock = Stopwatch.StartNew();
        foreach (var player in players) await cluster.UntilAsync(async () => (await player.WriteAsync(Unique.Name("k"))).Version is not null);
        await players[1].FindAsync(2);
        await players[2].FindAsync(2);
        Assert.Equal(await players[1].FoundAsync(), await players[2].FoundAsync());
        output.WriteLine($"writes and the matchmaker work {clock.Elapsed.TotalSeconds:F1} s after the database has started");
        Assert.Equal(before.Version, (await players[0].ReadAsync([before.Key]))[before.Key]);
        Assert.True(cluster.IsWhole);
        Assert.Empty(cluster.TakeEnded());
    }

    private static async Task<(string Key, string Version)> WriteAsync(FaultPlayer player)
    {
        var key = Unique.Name("k");
        var (version, code) = await player.WriteAsync(key);
        Assert.Equal(0, code);
        return (key, version!);
    }
}
