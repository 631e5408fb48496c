using System.Net;
using Nakama.Enet.Protocol;

namespace Nakama.Enet;

/// <summary>
/// The peers of a node by number. Those who have not shown where they are have few places, and each address few of those,
/// so that forged requests cannot fill the table; they keep them until their time is over, so that nobody drives them out.
/// </summary>
internal sealed class PeerTable
{
    /// <summary>How many connections a port can have: the protocol's numbers end there.</summary>
    public const int Capacity = Limits.NoPeer;

    /// <summary>How many peers may be those who have not shown where they are.</summary>
    public const int MaxUnverified = 256;

    /// <summary>How many of them may say that they are at the same address.</summary>
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

    /// <summary>Whether one who asks from this address may have a place before it has shown that it is there.</summary>
    public bool HasRoomForUnverified(SocketAddress address)
    {
        lock (_gate)
        {
            return _unverified.Count < MaxUnverified
                && _unverifiedByNetwork.GetValueOrDefault(SourceNetwork.Of(address)) < MaxUnverifiedPerAddress;
        }
    }

    /// <summary>A free place and the session that its next peer may have; false when all are taken.</summary>
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

    /// <summary>Makes a peer that has not shown where it is; null when all places are taken.</summary>
    /// <param name="make">Makes the peer from its number and the sessions of its two directions.</param>
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
    /// Adds a peer that is just showing where it is. False when its place is taken, or when its session is that of the last
    /// peer there, as it is when a datagram comes a second time.
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
    /// Notes that a peer has shown where it is. Returns the one that had the same number at the same address before: its
    /// client must be gone, and what is still sent to it would be taken for the new one's.
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

    /// <summary>A random free place: numbers that cannot be guessed are a hurdle for those who forge addresses.</summary>
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

    /// <summary>Another session than the last peer in this place had, so that late datagrams miss.</summary>
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
