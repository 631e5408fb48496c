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

/// <summary>Nodes without connections or a database: sessions that only listen, and frames between them.</summary>
internal sealed class TwoNodes : IDisposable
{
    private readonly InProcessNetwork _network;
    private readonly List<ServiceProvider> _nodes = [];

    /// <param name="capacity">How many frames wait for a node at most.</param>
    public TwoNodes(int capacity = 8192) => _network = new(capacity);

    /// <summary>Starts one more node and waits until all know each other.</summary>
    /// <param name="name">Unique among the nodes.</param>
    /// <param name="configure">More services.</param>
    public async Task<Node> StartAsync(string name, Action<IServiceCollection>? configure = null)
    {
        var options = new NakamaOptions { Name = name };
        var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(options).AddSingleton(options.Metrics).AddSingleton(options.Tracker)
            .AddMetricsFeature()
            .AddLifecycle()
            .AddCluster().AddSessions().AddPresence().AddStreams()
            .AddSingleton(_network.For(name));
        configure?.Invoke(services);
        var provider = services.BuildServiceProvider();
        _nodes.Add(provider);
        foreach (var hosted in provider.GetServices<IHostedService>()) await hosted.StartAsync(CancellationToken.None);
        foreach (var node in _nodes)
            await SocketNode.UntilAsync(() => node.GetRequiredService<MessageBus>().Others.Length == _nodes.Count - 1);
        return new Node(provider);
    }

    /// <summary>Takes a node away from the others.</summary>
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

        /// <summary>Waits until the others have applied what this node has changed, and this node what they have.</summary>
        public Task SyncAsync() => Tracker.SyncAsync(CancellationToken.None).AsTask();
    }
}
