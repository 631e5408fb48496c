using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Cluster;
using Nakama.Server.Config;
using Nakama.Server.Leaderboards;
using Nakama.Server.Presence;
using Nakama.Server.Storage;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Cluster;

/// <summary>
/// Three nodes in this process on one database, which communicate only through frames: in memory, or over real connections as a
/// cluster that they form themselves.
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    private const int Count = 3;

    private readonly InProcessNetwork? _network;
    private readonly string _database;

    private TestCluster(string database, InProcessNetwork? network) => (_database, _network) = (database, network);

    public List<TestServer> Nodes { get; } = [];

    public static Task<TestCluster> StartAsync(Func<NakamaOptions, NakamaOptions>? change = null, Action<WebApplicationBuilder>? configure = null) =>
        StartAsync(new InProcessNetwork(), change, configure);

    /// <summary>Starts nodes that form a cluster as processes do.</summary>
    public static Task<TestCluster> StartOverLinksAsync(Func<NakamaOptions, NakamaOptions>? change = null, Action<WebApplicationBuilder>? configure = null) =>
        StartAsync(
            null,
            options =>
            {
                options = change?.Invoke(options) ?? options;
                return options with { Cluster = options.Cluster with { Enabled = true, Host = "127.0.0.1", Port = 0 } };
            },
            configure);

    private static async Task<TestCluster> StartAsync(
        InProcessNetwork? network, Func<NakamaOptions, NakamaOptions>? change, Action<WebApplicationBuilder>? configure)
    {
        var server = await Postgres.ServerAsync();
        var cluster = new TestCluster(await Postgres.CreateDatabaseAsync(), network);
        for (var i = 1; i <= Count; i++)
        {
            var name = $"node{i}";
            cluster.Nodes.Add(await TestServer.StartAsync(
                options => (change?.Invoke(options) ?? options) with { Name = name },
                builder =>
                {
                    if (network is not null) builder.Services.AddSingleton(network.For(name));
                    configure?.Invoke(builder);
                },
                server.Address(cluster._database)));
        }

        await SocketNode.UntilAsync(() => network?.HaveAllJoined()
            ?? cluster.Nodes.TrueForAll(static node => node.Services.GetRequiredService<MessageBus>().Others.Length == Count - 1));
        await cluster.SyncAsync();
        return cluster;
    }

    /// <summary>Disconnects a node without a leave message, as when its machine is lost. The node itself keeps running.</summary>
    public void Lose(TestServer node) => _network!.Remove(node.Options.Name);

    /// <summary>Waits until every node has the presences of the others.</summary>
    public async Task SyncAsync()
    {
        foreach (var node in Nodes) await node.Services.GetRequiredService<PresenceTracker>().SyncAsync(CancellationToken.None);
    }

    /// <summary>Waits until every node has applied what the others have sent so far.</summary>
    public async Task CaughtUpAsync()
    {
        if (_network is not null) await SocketNode.UntilAsync(_network.CaughtUp());
        else foreach (var node in Nodes) await node.Services.GetRequiredService<NodeDrain>().FlushAsync(CancellationToken.None);
        await SocketNode.UntilAsync(() => Nodes.All(static node =>
            node.Services.GetRequiredService<StorageReplication>().Pending == 0 && node.Services.GetRequiredService<LeaderboardReplication>().Pending == 0));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        await Postgres.DropDatabaseAsync(_database);
    }
}
