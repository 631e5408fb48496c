namespace Nakama.Server.Cluster;

/// <summary>
/// The names of all nodes that this node has ever seen, with the small numbers that identify them in memory. Numbers are
/// never reused, so that an address on a node that is gone never refers to another node.
/// </summary>
public sealed class NodeDirectory
{
    private readonly Lock _gate = new();
    private volatile LocalNode[] _nodes;

    public NodeDirectory(LocalNode local) => _nodes = [local];

    /// <summary>This node's name.</summary>
    public string LocalName => _nodes[0].Name;

    public string NameOf(NodeId node) => _nodes[node.Index].Name;

    /// <summary>The number of a name, assigned if it has none yet.</summary>
    public NodeId Register(string name)
    {
        lock (_gate)
        {
            if (TryFind(name, out var known)) return known;
            if (_nodes.Length > ushort.MaxValue) throw new InvalidOperationException("Too many node names.");
            _nodes = [.. _nodes, new LocalNode(name)];
            return new NodeId((ushort)(_nodes.Length - 1));
        }
    }

    public bool TryFind(ReadOnlySpan<char> name, out NodeId node)
    {
        var nodes = _nodes;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (!name.SequenceEqual(nodes[i].Name)) continue;
            node = new NodeId((ushort)i);
            return true;
        }

        node = default;
        return false;
    }

    /// <summary>Finds the node that created a session id; false for ids of unknown nodes.</summary>
    public bool TryFindBySession(Guid sessionId, out NodeId node)
    {
        var nodes = _nodes;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (!nodes[i].Made(sessionId)) continue;
            node = new NodeId((ushort)i);
            return true;
        }

        node = default;
        return false;
    }
}
