using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Links;

namespace Nakama.Tests.Cluster.Links;

/// <summary>A node that has only a port for other nodes and links to them, on real sockets; it notes what its links tell.</summary>
internal sealed class LinkedNode : INodeListener, IMembershipConnections, IAsyncDisposable
{
    private readonly LinkListener _listener;
    private readonly LinkAcceptor _acceptor;
    private readonly LinkIdentity _identity;

    private LinkedNode(string name)
    {
        var secret = LinkPair.Secret();
        _identity = new LinkIdentity(name);
        Dialer = new LinkDialer(_identity, secret, null, TimeProvider.System);
        var context = new LinkContext(
            _identity, Dialer, new LinkMetrics(new BusMetrics()), new LinkReports(TimeProvider.System), TimeProvider.System, NullLoggerFactory.Instance.CreateLogger("links"));
        Links = new PeerLinks(context);
        Links.Start(this);
        _acceptor = new LinkAcceptor(_identity, secret, Links, this, context);
        _listener = new LinkListener(new ClusterOptions { Port = 0 }, null, context, NullLoggerFactory.Instance);
    }

    public PeerLinks Links { get; }

    public LinkDialer Dialer { get; }

    /// <summary>What happened, in order: <c>+name</c>, <c>-name</c>, <c>!name</c> for a connection that began anew.</summary>
    public ConcurrentQueue<string> Events { get; } = [];

    /// <summary>The messages that have arrived.</summary>
    public ConcurrentQueue<byte[]> Received { get; } = [];

    public ClusterMember Member => new(_identity.Name, _identity.Address, _identity.Incarnation);

    /// <summary>The connections of the membership that were accepted; each ends at once.</summary>
    public ConcurrentQueue<AuthenticatedLink> Accepted { get; } = [];

    /// <summary>Held while messages are handled; a test that takes it stops the reader.</summary>
    public SemaphoreSlim Reading { get; } = new(1);

    public static async Task<LinkedNode> StartAsync(string name, long incarnation = 1)
    {
        var node = new LinkedNode(name);
        var port = await node._listener.StartAsync(node._acceptor, isLoopback: true, CancellationToken.None);
        node._identity.Set(NodeAddress.Format("127.0.0.1", port), incarnation);
        return node;
    }

    public void OnJoined(string node) => Events.Enqueue("+" + node);

    public void OnLeft(string node) => Events.Enqueue("-" + node);

    public void OnReset(string node) => Events.Enqueue("!" + node);

    public void OnFrame(string node, ReadOnlyMemory<byte> frame)
    {
        Reading.Wait();
        Received.Enqueue(frame.ToArray());
        Reading.Release();
    }

    public Task AcceptAsync(AuthenticatedLink link, CancellationToken cancellationToken)
    {
        Accepted.Enqueue(link);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (Reading.CurrentCount == 0) Reading.Release();
        await Links.DisposeAsync();
        await _listener.DisposeAsync();
        Reading.Dispose();
    }
}
