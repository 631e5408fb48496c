using System.Net;
using Nakama.Server.Transport.Rudp.Protocol;

namespace Nakama.Server.Transport.Rudp;

/// <summary>
/// The peers of a node by number. Those who have not shown where they are take few places and lose them to newcomers, so
/// that forged requests cannot fill the table.
/// </summary>
internal sealed class PeerTable
{
    /// <summary>How many connections a port can have: the protocol's numbers end there.</summary>
    public const int Capacity = Limits.NoPeer;

    private const int MaxUnverified = 256;

    private readonly Lock _gate = new();
    private readonly RudpPeer?[] _peers = new RudpPeer?[Capacity];
    private readonly byte[] _sessions = new byte[Capacity];
    private readonly Dictionary<(SocketAddress Address, uint ConnectId), RudpPeer> _byAttempt = [];
    private readonly Dictionary<(SocketAddress Address, int ClientPeerId), RudpPeer> _byClient = [];
    private readonly Queue<RudpPeer> _unverified = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public RudpPeer? Find(int id) => id < Capacity ? Volatile.Read(ref _peers[id]) : null;

    public RudpPeer? Find(SocketAddress address, uint connectId)
    {
        lock (_gate) return _byAttempt.GetValueOrDefault((address, connectId));
    }

    /// <summary>Makes a place and a peer in it; null when the table is full of others.</summary>
    /// <param name="make">Makes the peer from its number and the sessions of its two directions.</param>
    public RudpPeer? Add(Func<int, byte, byte, RudpPeer> make)
    {
        lock (_gate)
        {
            while (_unverified.Count >= MaxUnverified)
            {
                var oldest = _unverified.Dequeue();
                if (oldest.IsVerified || oldest.IsGone) continue;
                oldest.Abandon(0, "made room for another");
                RemoveLocked(oldest);
            }

            if (FindPlace() is not { } id) return null;
            // Both directions get another session than the last peer in this place had, so that late datagrams miss.
            var session = (byte)((_sessions[id] + 1 + Random.Shared.Next(Limits.SessionCount - 1)) % Limits.SessionCount);
            _sessions[id] = session;
            var peer = make(id, session, (byte)Random.Shared.Next(Limits.SessionCount));
            Volatile.Write(ref _peers[id], peer);
            _byAttempt[(peer.Address, peer.ConnectId)] = peer;
            _unverified.Enqueue(peer);
            Volatile.Write(ref _count, _count + 1);
            return peer;
        }
    }

    /// <summary>
    /// Notes that a peer has shown where it is. Returns the one that had the same number at the same address before: its
    /// client must be gone, and what is still sent to it would be taken for the new one's.
    /// </summary>
    public RudpPeer? Settle(RudpPeer peer)
    {
        lock (_gate)
        {
            var client = (peer.Address, peer.ClientPeerId);
            var older = _byClient.GetValueOrDefault(client);
            if (_peers[peer.Id] == peer) _byClient[client] = peer;
            return older == peer ? null : older;
        }
    }

    public void Remove(RudpPeer peer)
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

    private void RemoveLocked(RudpPeer peer)
    {
        if (_peers[peer.Id] != peer) return;
        Volatile.Write(ref _peers[peer.Id], null);
        if (_byAttempt.GetValueOrDefault((peer.Address, peer.ConnectId)) == peer) _byAttempt.Remove((peer.Address, peer.ConnectId));
        if (_byClient.GetValueOrDefault((peer.Address, peer.ClientPeerId)) == peer) _byClient.Remove((peer.Address, peer.ClientPeerId));
        Volatile.Write(ref _count, _count - 1);
    }
}
