using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Cluster.Links;

/// <summary>The other side of a connection, as it has proved.</summary>
/// <param name="Name">The name of the node.</param>
/// <param name="Address">Where it can be reached, as <c>host:port</c>; empty on the side that has opened the connection.</param>
/// <param name="Incarnation">The incarnation of the node.</param>
/// <param name="Purpose">What the connection is for.</param>
internal sealed record LinkPeer(string Name, string Address, long Incarnation, LinkPurpose Purpose)
{
    /// <summary>Whether it is a member of a cluster; known to the side that has opened the connection.</summary>
    public bool IsUp { get; init; }
}

/// <summary>Who this node is for the others. The incarnation and the address are known once it has its name.</summary>
internal sealed class LinkIdentity(string name)
{
    private long _incarnation;
    private volatile string _address = "";
    private volatile bool _isUp;
    private volatile bool _isReady;

    public string Name { get; } = name;

    public long Incarnation => Volatile.Read(ref _incarnation);

    public string Address => _address;

    /// <summary>Whether it answers others.</summary>
    public bool IsReady => _isReady;

    /// <summary>Whether it is a member of a cluster.</summary>
    public bool IsUp
    {
        get => _isUp;
        set => _isUp = value;
    }

    public void Set(string address, long incarnation)
    {
        _address = address;
        Volatile.Write(ref _incarnation, incarnation);
        _isReady = true;
    }

    public void End()
    {
        _isReady = false;
        _isUp = false;
    }
}

/// <summary>Why a frame was refused.</summary>
internal enum FrameError
{
    None,
    Garbled,
    Oversized,
    Forged,
    Duplicate,
    Late,
    Missing,
}
