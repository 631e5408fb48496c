using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Cluster;
using Nakama.Server.Config;
using Nakama.Server.Lifecycle;
using Nakama.Server.Metrics;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;
using Nakama.Tests.Presence;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Cluster;

/// <summary>Nodes without connections or a database: sessions that only receive, and frames between them.</summary>
internal sealed class TwoNodes : IDisposable
{
    private readonly InProcessNetwork _network;
    private readonly TimeProvider _time;
    private readonly List<ServiceProvider> _nodes = [];

    /// <param name="capacity">The maximum number of frames that are queued for a node.</param>
    /// <param name="time">
    /// The clock of all nodes; when null it does not advance, so that no node times out waiting for another.
    /// </param>
    public TwoNodes(int capacity = 8192, TimeProvider? time = null) => (_network, _time) = (new(capacity), time ?? new ManualClock());

    /// <summary>Starts one more node and waits until all nodes have each other's presences.</summary>
    /// <param name="name">Unique among the nodes.</param>
    /// <param name="configure">Additional services.</param>
    public async Task<Node> StartAsync(string name, Action<IServiceCollection>? configure = null)
    {
        var options = new NakamaOptions { Name = name };
        var services = new ServiceCollection()
            .AddSingleton(_time)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddNakamaOptions(options)
            .AddMetricsFeature()
            .AddLifecycle()
            .AddCluster().AddSessions().AddPresence().AddStreams()
            .AddSingleton(_network.For(name));
        configure?.Invoke(services);
        var provider = services.BuildServiceProvider();
        _nodes.Add(provider);
        foreach (var hosted in provider.GetServices<IHostedService>()) await hosted.StartAsync(CancellationToken.None);
        await SocketNode.UntilAsync(_network.HaveAllJoined);
        foreach (var node in _nodes) await node.GetRequiredService<PresenceTracker>().SyncAsync(CancellationToken.None);
        return new Node(provider);
    }

    /// <summary>Disconnects a node from the others.</summary>
    public void Lose(string name) => _network.Remove(name);

    public void Dispose()
    {
        foreach (var node in _nodes) node.Dispose();
    }

    internal sealed class Node(IServiceProvider services)
    {
        public PresenceTracker Tracker => Get<PresenceTracker>();

        public MessageRouter Router => Get<MessageRouter>();

        public MessageBus Bus => Get<MessageBus>();

        public T Get<T>()
            where T : notnull => services.GetRequiredService<T>();

        public ListeningSession Open(string username, Guid? userId = null)
        {
            var session = new ListeningSession(Get<SessionHost>())
            {
                Id = Get<SessionIds>().Next(),
                UserId = userId ?? Guid.NewGuid(),
                Username = username,
                Vars = new Dictionary<string, string>(),
                Expiry = 0,
                Lang = "en",
                ClientIp = "",
                ClientPort = "",
            };
            Get<SessionHost>().Open(session);
            return session;
        }

        /// <summary>Waits until the others have applied the changes of this node, and this node theirs.</summary>
        public Task SyncAsync() => Tracker.SyncAsync(CancellationToken.None).AsTask();
    }
}
