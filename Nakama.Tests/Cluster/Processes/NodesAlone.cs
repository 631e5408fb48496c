using Nakama.Tests.TestHost;

namespace Nakama.Tests.Cluster.Processes;

/// <summary>What a node without others has nothing of.</summary>
[Collection(nameof(Alone))]
public sealed class NodesAlone
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_a_node_of_a_cluster_loads_the_engine_of_the_membership(bool isClustered)
    {
        await using var cluster = await ProcessCluster.StartAsync(0);
        string[] arguments = isClustered ? [] : ["--cluster.enabled=false"];

        var node = await cluster.StartNodeAsync(1, arguments);

        var loaded = await File.ReadAllTextAsync($"/proc/{node.Id}/maps");
        Assert.Equal(isClustered, loaded.Contains("/Akka.", StringComparison.Ordinal));
        Assert.Contains("/Nakama.Server.dll", loaded, StringComparison.Ordinal);
        Assert.Equal(isClustered, node.Output.Contains("Listening for other nodes", StringComparison.Ordinal));
    }
}
