using System.Diagnostics;
using Nakama.Tests.Cluster.Faults;
using Nakama.Tests.TestHost;
using Xunit.Abstractions;

namespace Nakama.Tests.Cluster.Processes;

/// <summary>A new version is brought to all nodes, one after the other, while players play.</summary>
[Collection(nameof(Alone))]
public sealed class RollingRestarts(ITestOutputHelper output)
{
    private const int Nodes = 3;
    private const int Players = 9;

    [Fact]
    public async Task Each_node_in_turn_is_stopped_and_started_and_no_acknowledged_write_is_lost_and_no_player_is_stuck()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var modules = await ClusterLoad.CreateModulesAsync();
        var database = await Postgres.CreateDatabaseAsync();
        var postgres = await Postgres.ServerAsync();
        await using var cluster = await ProcessCluster.StartAsync(
            postgres.Address(database), static _ => ProcessPlace.Here, () => Postgres.DropDatabaseAsync(database), Nodes,
            "--runtime.path", modules.FullName, "--session.token_expiry_sec", "7200", "--shutdown_grace_sec", "1");
        await using var load = await ClusterLoad.StartAsync(cluster, Nodes, Players, seed);
        await load.AllProceedAsync();

        foreach (var number in Enumerable.Range(1, Nodes))
        {
            var clock = Stopwatch.StartNew();
            Assert.Equal(0, await cluster[number].StopAsync());
            var stopped = clock.Elapsed.TotalSeconds;
            await cluster.StartNodeAsync(number);
            await cluster.WholeAsync();
            output.WriteLine($"node{number} stopped after {stopped:F1} s, whole after {clock.Elapsed.TotalSeconds:F1} s");
            await load.AllProceedAsync();
        }

        await load.StopAsync();
        output.WriteLine(load.Summary);
        Assert.Empty(await load.FindLostAsync(postgres.ConnectionString(database)));
        Assert.True(cluster.Errors.Length == 0, string.Join("\n", cluster.Errors));
        modules.Delete(recursive: true);
    }
}
