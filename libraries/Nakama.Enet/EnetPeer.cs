using System.Net;
using Nakama.Enet.Protocol;

namespace Nakama.Enet;

/// <summary>
/// The server side of one connection of the ENet protocol (version 1.3, without compression and checksums). This part
/// holds its state; others receive, send and handle timeouts. Any thread may call it; a lock is held for each step.
/// </summary>
internal sealed partial class EnetPeer
{
    /// <summary>The maximum number of channels of a client.</summary>
    public const int MaxChannels = 8;

    /// <summary>The disconnect code for a client that was not admitted in time.</summary>
    public const uint NotAdmitted = 401;

    private readonly Lock _gate = new();
    private readonly IDatagramSender _sender;
    private readonly ConnectOffer _offer;
    private readonly RoundTrip _roundTrip = new();
    private readonly Inbox _inbox;
    private readonly IncomingChannel?[] _channels;
    private readonly UnsequencedWindow _unsequenced = new();
    private readonly byte _incomingSession;
    private readonly byte _outgoingSession;

    // Sent with the verification as its sequence number and in place of the time: only a client that received them can echo them.
    private readonly ushort _verificationSequence;
    private readonly ushort _nonce;
    private readonly int _mtu;
    private readonly PeerTimes _times;

    private volatile PeerState _state = PeerState.Verifying;
    private uint _incomingBandwidth;
    private int _window;
    private bool _isAdmitted;

    /// <param name="id">Its peer id on the server.</param>
    /// <param name="address">The source address of its request, not verified yet.</param>
    /// <param name="offer">The parameters of its request.</param>
    /// <param name="incomingSession">The session of the datagrams that it sends.</param>
    /// <param name="outgoingSession">The session of the datagrams that are sent to it.</param>
    /// <param name="proof">The values that it must echo: the sequence number of the verification, then the nonce.</param>
    /// <param name="times">The timeouts.</param>
    /// <param name="maxMessageLength">The maximum length of a message from it.</param>
    /// <param name="queueCapacity">The maximum number of messages queued for it.</param>
    /// <param name="sender">Sends its datagrams.</param>
    /// <param name="nowMs">The time.</param>
    public EnetPeer(
        int id, SocketAddress address, in ConnectOffer offer, byte incomingSession, byte outgoingSession, uint proof, PeerTimes times,
        int maxMessageLength, int queueCapacity, IDatagramSender sender, long nowMs)
    {
        _verificationSequence = _controlSequence = (ushort)(proof >> 16);
        _nonce = (ushort)proof;
        Id = id;
        Address = address;
        _offer = offer;
        _incomingSession = incomingSession;
        _outgoingSession = outgoingSession;
        _times = times;
        _sender = sender;
        _inbox = new Inbox(maxMessageLength);
        _channels = new IncomingChannel?[Math.Min((int)offer.Channels, MaxChannels)];
        _mtu = (int)Math.Clamp(offer.Mtu, Limits.MinMtu, Limits.HostMtu);
        _incomingBandwidth = offer.IncomingBandwidth;
        _roundTrip.Configure(offer.ThrottleInterval, offer.ThrottleAcceleration, offer.ThrottleDeceleration);
        _window = WindowFor(_incomingBandwidth);
        _queueCapacity = queueCapacity;
        _createdAtMs = _lastReceivedMs = nowMs;
        _nextCheckMs = nowMs + times.HandshakeMs;
    }

    /// <summary>Its peer id on the server.</summary>
    public int Id { get; }

    public SocketAddress Address { get; }

    /// <summary>The peer id that the client chose.</summary>
    public int ClientPeerId => _offer.PeerId;

    /// <summary>The client's id for its connection attempt.</summary>
    public uint ConnectId => _offer.ConnectId;

    /// <summary>The session of the datagrams that it sends.</summary>
    public int IncomingSession => _incomingSession;

    /// <summary>Whether it has proved that it receives our datagrams.</summary>
    public bool IsVerified => _state > PeerState.Verifying;

    public bool IsGone => _state == PeerState.Gone;

    /// <summary>The reason why the connection ended.</summary>
    public string EndCause { get; private set; } = "";

    /// <summary>Notified of messages and of the end; set with the first message.</summary>
    public IPeerListener? Listener { get; set; }

    /// <summary>The next message, to be returned by the caller.</summary>
    public bool TryTake(out RentedMessage message)
    {
        lock (_gate) return _inbox.TryTake(out message);
    }

    public bool HasMessages
    {
        get
        {
            lock (_gate) return _inbox.Count > 0;
        }
    }

    /// <summary>Records that the client is authenticated, so that the login timeout no longer applies.</summary>
    public void Admit()
    {
        lock (_gate) _isAdmitted = true;
    }

    /// <summary>
    /// Ends the connection: queued messages are dropped, commands in flight and <paramref name="lastWords"/> are still delivered,
    /// then the client is sent <paramref name="code"/>. To be flushed by the caller.
    /// </summary>
    public void Close(uint code, string cause, params ReadOnlySpan<byte[]> lastWords)
    {
        lock (_gate)
        {
            if (_state > PeerState.Connected) return;
            EndCause = cause;
            if (_state == PeerState.Verifying)
            {
                Vanish(cause);
                return;
            }

            _queue.Clear();
            foreach (var message in lastWords) _queue.Enqueue(new QueuedMessage(message, IsReliable: true));
            _closeCode = code;
            _state = PeerState.Draining;
            _endDueMs = _nowMs + _times.CloseMs;
            _nextCheckMs = Math.Min(_nextCheckMs, _endDueMs);
        }
    }

    /// <summary>Ends the connection immediately and notifies the client in a single datagram, which may be lost.</summary>
    public void Abandon(uint code, string cause)
    {
        lock (_gate)
        {
            if (_state == PeerState.Gone) return;
            if (_state > PeerState.Verifying) SendGoodbye(code);
            Vanish(cause);
        }
    }

    /// <summary>
    /// Ends the connection immediately without notifying the client, because the client has replaced it by another one.
    /// </summary>
    public void Supersede()
    {
        lock (_gate)
        {
            if (_state != PeerState.Gone) Vanish("the client came anew");
        }
    }

    /// <summary>Releases all data of the connection, except the received messages of a client that disconnected itself.</summary>
    private void Vanish(string cause)
    {
        if (EndCause.Length == 0) EndCause = cause;
        _state = PeerState.Gone;
        if (!_hasPeerLeft) _inbox.Clear();
        foreach (var channel in _channels) channel?.Clear();
        _queue.Clear();
        _current = null;
        _acknowledgements.Clear();
        _inFlight.Clear();
        _resend.Clear();
    }

    private static int WindowFor(uint bandwidth) =>
        bandwidth == 0 ? Limits.MaxWindow : (int)Math.Clamp((ulong)bandwidth / Limits.WindowScale * Limits.MinWindow, Limits.MinWindow, Limits.MaxWindow);
}
