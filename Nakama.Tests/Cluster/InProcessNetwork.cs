using System.Threading.Channels;
using Nakama.Server.Cluster;

namespace Nakama.Tests.Cluster;

/// <summary>
/// Links between nodes of this process. Each direction of a link is a bounded queue of frames with one reader, as between machines, and
/// nothing but bytes passes it.
/// </summary>
internal sealed class InProcessNetwork
{
    private readonly int _capacity;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);

    public InProcessNetwork(int capacity = 8192) => _capacity = capacity;

    /// <summary>The transport of a node that will come.</summary>
    public INodeTransport For(string name) => new Node(this, name);

    /// <summary>Cuts a node off; the others are told that it is gone, and it that they are.</summary>
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
        private readonly Dictionary<string, System.Threading.Channels.Channel<byte[]>> _from = new(StringComparer.Ordinal);
        private INodeListener? _listener;

        public string Name => name;

        public void Start(INodeListener listener)
        {
            _listener = listener;
            network.Add(this);
        }

        public bool TrySend(string node, byte[] frame) => network.Find(node)?.Receive(name, frame) ?? false;

        /// <summary>Begins to hear another node.</summary>
        public void Link(string other)
        {
            var frames = System.Threading.Channels.Channel.CreateBounded<byte[]>(new BoundedChannelOptions(network._capacity) { SingleReader = true });
            lock (_links) _from[other] = frames;
            _ = Task.Run(() => ReadAsync(other, frames.Reader));
        }

        public void Unlink(string other)
        {
            lock (_links)
            {
                if (_from.Remove(other, out var frames)) frames.Writer.TryComplete();
            }
        }

        private bool Receive(string from, byte[] frame)
        {
            lock (_links) return _from.TryGetValue(from, out var frames) && frames.Writer.TryWrite([.. frame]);
        }

        private async Task ReadAsync(string other, ChannelReader<byte[]> frames)
        {
            _listener!.OnJoined(other);
            await foreach (var frame in frames.ReadAllAsync()) _listener.OnFrame(other, frame);
            _listener.OnLeft(other);
        }
    }
}
