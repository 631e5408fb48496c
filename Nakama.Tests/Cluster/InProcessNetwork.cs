using System.Threading.Channels;
using Nakama.Server.Cluster;

namespace Nakama.Tests.Cluster;

/// <summary>
/// Links between nodes of this process. Each direction of a link is a bounded queue of frames with one reader, as between
/// machines, and transfers bytes only.
/// </summary>
internal sealed class InProcessNetwork
{
    private readonly int _capacity;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);

    public InProcessNetwork(int capacity = 8192) => _capacity = capacity;

    /// <summary>The transport of a node that will be started.</summary>
    public INodeTransport For(string name) => new Node(this, name);

    /// <summary>Whether every frame that was sent before this call has been processed.</summary>
    public Func<bool> CaughtUp()
    {
        (Link Link, long Sent)[] links;
        lock (_gate) links = [.. _nodes.Values.SelectMany(static node => node.Links()).Select(static link => (link, link.Sent))];
        return () => links.All(static one => one.Link.Handled >= one.Sent);
    }

    /// <summary>Whether every node has processed the arrival of all others.</summary>
    public bool HaveAllJoined()
    {
        lock (_gate) return _nodes.Values.All(node => node.Links() is var links && links.Length == _nodes.Count - 1 && links.All(static link => link.IsOpen));
    }

    /// <summary>Disconnects a node; the others are notified that it has left, and it is notified that they have.</summary>
    public void Remove(string name)
    {
        lock (_gate)
        {
            if (!_nodes.Remove(name, out var gone)) return;
            foreach (var other in _nodes.Values)
            {
                other.Unlink(name);
                gone.Unlink(other.Name);
            }
        }
    }

    private void Add(Node node)
    {
        lock (_gate)
        {
            foreach (var other in _nodes.Values)
            {
                other.Link(node.Name);
                node.Link(other.Name);
            }

            _nodes.Add(node.Name, node);
        }
    }

    private Node? Find(string name)
    {
        lock (_gate) return _nodes.GetValueOrDefault(name);
    }

    private sealed class Node(InProcessNetwork network, string name) : INodeTransport
    {
        private readonly Lock _links = new();
        private readonly Dictionary<string, Link> _from = new(StringComparer.Ordinal);
        private INodeListener? _listener;

        public string Name => name;

        public void Start(INodeListener listener)
        {
            _listener = listener;
            network.Add(this);
        }

        public bool TrySend(string node, byte[] frame, bool isDroppable) => network.Find(node)?.Receive(name, frame) ?? false;

        public int QueueLength(string node) => network.Find(node)?.CountFrom(name) ?? 0;

        public bool IsConnected(string node) => network.Find(node) is not null;

        /// <summary>Starts to receive from another node.</summary>
        public void Link(string other)
        {
            var link = new Link(network._capacity);
            lock (_links) _from[other] = link;
            _ = Task.Run(() => ReadAsync(other, link));
        }

        public Link[] Links()
        {
            lock (_links) return [.. _from.Values];
        }

        public void Unlink(string other)
        {
            lock (_links)
            {
                if (_from.Remove(other, out var link)) link.Complete();
            }
        }

        private bool Receive(string from, byte[] frame)
        {
            lock (_links) return _from.TryGetValue(from, out var link) && link.TrySend(frame);
        }

        private int CountFrom(string other)
        {
            lock (_links) return _from.TryGetValue(other, out var link) ? link.Count : 0;
        }

        private async Task ReadAsync(string other, Link link)
        {
            _listener!.OnJoined(other);
            link.Open();
            await link.ReadAsync(frame => _listener.OnFrame(other, frame));
            _listener.OnLeft(other);
        }
    }

    /// <summary>One direction between two nodes.</summary>
    private sealed class Link(int capacity)
    {
        private readonly System.Threading.Channels.Channel<byte[]> _frames =
            System.Threading.Channels.Channel.CreateBounded<byte[]>(new BoundedChannelOptions(capacity) { SingleReader = true });

        private long _sent;
        private long _handled;
        private volatile bool _isOpen;

        /// <summary>
        /// Whether the reader has processed the arrival of the other node, so that frames are read from now on.
        /// </summary>
        public bool IsOpen => _isOpen;

        public int Count => _frames.Reader.Count;

        public long Sent => Interlocked.Read(ref _sent);

        public long Handled => Interlocked.Read(ref _handled);

        /// <summary>The caller admits one sender at a time.</summary>
        public bool TrySend(byte[] frame)
        {
            if (!_frames.Writer.TryWrite([.. frame])) return false;
            Interlocked.Increment(ref _sent);
            return true;
        }

        public void Open() => _isOpen = true;

        public void Complete() => _frames.Writer.TryComplete();

        public async Task ReadAsync(Action<byte[]> handle)
        {
            await foreach (var frame in _frames.Reader.ReadAllAsync())
            {
                handle(frame);
                Interlocked.Increment(ref _handled);
            }
        }
    }
}
