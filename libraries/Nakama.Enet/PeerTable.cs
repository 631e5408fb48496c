using System.Net;
using Nakama.Enet.Protocol;

namespace Nakama.Enet;

/// <summary>
/// The peers of a node by id. Unverified peers have a small number of slots, and each address only a few of those,
/// so that forged requests cannot fill the table; they keep their slots until their timeout, so that they cannot be evicted.
/// </summary>
internal sealed class PeerTable
{
    /// <summary>The maximum number of connections of a port, which is the protocol's limit on peer ids.</summary>
    public const int Capacity = Limits.NoPeer;

    /// <summary>The maximum number of unverified peers.</summary>
    public const int MaxUnverified = 256;

    /// <summary>The maximum number of unverified peers with the same address.</summary>
    public const int MaxUnverifiedPerAddress = 4;

    private readonly Lock _gate = new();
    private readonly EnetPeer?[] _peers = new EnetPeer?[Capacity];
    private readonly byte[] _sessions = new byte[Capacity];
    private readonly Dictionary<(SocketAddress Address, uint ConnectId), EnetPeer> _byAttempt = [];
    private readonly Dictionary<(SocketAddress Address, int ClientPeerId), EnetPeer> _byClient = [];
    private readonly HashSet<EnetPeer> _unverified = [];
    private readonly Dictionary<ulong, int> _unverifiedByNetwork = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public EnetPeer? Find(int id) => id < Capacity ? Volatile.Read(ref _peers[id]) : null;

    public EnetPeer? Find(SocketAddress address, uint connectId)
    {
        lock (_gate) return _byAttempt.GetValueOrDefault((address, connectId));
    }

    /// <summary>Whether an unverified peer with this address may have a slot.</summary>
    public bool HasRoomForUnverified(SocketAddress address)
    {
        lock (_gate)
        {
            return _unverified.Count < MaxUnverified
                && _unverifiedByNetwork.GetValueOrDefault(SourceNetwork.Of(address)) < MaxUnverifiedPerAddress;
        }
    }

    /// <summary>A free slot and the session of its next peer; false when all slots are taken.</summary>
    public bool TryFindPlace(out int id, out byte session)
    {
        lock (_gate)
        {
            (id, session) = (FindPlace() ?? Capacity, 0);
            if (id == Capacity) return false;
            session = NextSession(id);
            return true;
        }
    }

    /// <summary>Creates an unverified peer; null when all slots are taken.</summary>
    /// <param name="make">Creates the peer from its id and the sessions of its two directions.</param>
    public EnetPeer? AddUnverified(Func<int, byte, byte, EnetPeer> make)
    {
        lock (_gate)
        {
            if (FindPlace() is not { } id) return null;
            var peer = make(id, NextSession(id), (byte)Random.Shared.Next(Limits.SessionCount));
            PutLocked(peer);
            _byAttempt[(peer.Address, peer.ConnectId)] = peer;
            _unverified.Add(peer);
            var network = SourceNetwork.Of(peer.Address);
            _unverifiedByNetwork[network] = _unverifiedByNetwork.GetValueOrDefault(network) + 1;
            return peer;
        }
    }

    /// <summary>
    /// Adds a peer whose address has just been verified. False when its slot is taken, or when its session is that of the last
    /// peer there, as it is when a datagram arrives twice.
    /// </summary>
    public bool TryAdd(EnetPeer peer)
    {
        lock (_gate)
        {
            if (_peers[peer.Id] is not null || _sessions[peer.Id] == peer.IncomingSession) return false;
            PutLocked(peer);
            return true;
        }
    }

    /// <summary>
    /// Records that a peer's address is verified. Returns the previous peer with the same client id at the same address: its
    /// client must be gone, and datagrams still sent to it would be taken for the new peer's.
    /// </summary>
    public EnetPeer? Settle(EnetPeer peer)
    {
        lock (_gate)
        {
            LeaveUnverified(peer);
            var client = (peer.Address, peer.ClientPeerId);
            var older = _byClient.GetValueOrDefault(client);
            if (_peers[peer.Id] == peer) _byClient[client] = peer;
            return older == peer ? null : older;
        }
    }

    public void Remove(EnetPeer peer)
    {
        lock (_gate) RemoveLocked(peer);
    }

    /// <summary>A random free slot: unpredictable ids make it harder to forge datagrams.</summary>
    private int? FindPlace()
    {
        if (_count == Capacity) return null;
        var first = Random.Shared.Next(Capacity);
        for (var i = 0; i < Capacity; i++)
        {
            var id = (first + i) % Capacity;
            if (_peers[id] is null) return id;
        }
        return null;
    }

    /// <summary>A session different from that of the last peer in this slot, so that late datagrams do not match.</summary>
    private byte NextSession(int id) => (byte)((_sessions[id] + 1 + Random.Shared.Next(Limits.SessionCount - 1)) % Limits.SessionCount);

    private void PutLocked(EnetPeer peer)
    {
        _sessions[peer.Id] = (byte)peer.IncomingSession;
        Volatile.Write(ref _peers[peer.Id], peer);
        Volatile.Write(ref _count, _count + 1);
    }

    private void RemoveLocked(EnetPeer peer)
    {
        if (_peers[peer.Id] != peer) return;
        Volatile.Write(ref _peers[peer.Id], null);
        LeaveUnverified(peer);
        if (_byAttempt.GetValueOrDefault((peer.Address, peer.ConnectId)) == peer) _byAttempt.Remove((peer.Address, peer.ConnectId));
        if (_byClient.GetValueOrDefault((peer.Address, peer.ClientPeerId)) == peer) _byClient.Remove((peer.Address, peer.ClientPeerId));
        Volatile.Write(ref _count, _count - 1);
    }

    private void LeaveUnverified(EnetPeer peer)
    {
        if (!_unverified.Remove(peer)) return;
        var network = SourceNetwork.Of(peer.Address);
        if (_unverifiedByNetwork[network] > 1) _unverifiedByNetwork[network]--;
        else _unverifiedByNetwork.Remove(network);
    }
}
