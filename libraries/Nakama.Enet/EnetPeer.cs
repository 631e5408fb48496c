using System.Net;
using Nakama.Enet.Protocol;

namespace Nakama.Enet;

/// <summary>
/// One connection of the ENet protocol (version 1.3, without compression and checksums), as its server sees it. This part
/// knows its state; others receive, send and watch the clock. Any thread may call it; a lock is held for each step.
/// </summary>
internal sealed partial class EnetPeer
{
    /// <summary>How many channels a client gets at most.</summary>
    public const int MaxChannels = 8;

    /// <summary>What a client is told that was not admitted in time.</summary>
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

    // Sent with the verification as its number and instead of a time: only who has received them can echo them.
    private readonly ushort _verificationSequence;
    private readonly ushort _nonce;
    private readonly int _mtu;
    private readonly PeerTimes _times;

    private volatile PeerState _state = PeerState.Verifying;
    private uint _incomingBandwidth;
    private int _window;
    private bool _isAdmitted;

    /// <param name="id">Our number for it.</param>
    /// <param name="address">Where it says it is.</param>
    /// <param name="offer">What it asked for.</param>
    /// <param name="incomingSession">The session of its datagrams.</param>
    /// <param name="outgoingSession">The session of ours.</param>
    /// <param name="proof">What it must echo: the number of the verification, then the nonce.</param>
    /// <param name="times">How long it may take for what.</param>
    /// <param name="maxMessageLength">The longest message it may send.</param>
    /// <param name="queueCapacity">How many messages may wait for it.</param>
    /// <param name="sender">Where its datagrams go.</param>
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

    /// <summary>Our number for it.</summary>
    public int Id { get; }

    public SocketAddress Address { get; }

    /// <summary>The client's number for it.</summary>
    public int ClientPeerId => _offer.PeerId;

    /// <summary>The client's name for its attempt to connect.</summary>
    public uint ConnectId => _offer.ConnectId;

    /// <summary>The session that its datagrams carry.</summary>
    public int IncomingSession => _incomingSession;

    /// <summary>Whether it has shown that it receives what we send.</summary>
    public bool IsVerified => _state > PeerState.Verifying;

    public bool IsGone => _state == PeerState.Gone;

    /// <summary>What ended the connection.</summary>
    public string EndCause { get; private set; } = "";

    /// <summary>Told of messages and of the end; set with the first message.</summary>
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

    /// <summary>The client has shown who it is, so the time to do so no longer ends the connection.</summary>
    public void Admit()
    {
        lock (_gate) _isAdmitted = true;
    }

    /// <summary>
    /// Ends the connection: what waits is dropped, what is under way and <paramref name="lastWords"/> still arrive, then the
    /// client is told <paramref name="code"/>. To be flushed by the caller.
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

    /// <summary>Ends the connection at once and tells the client so in one datagram that may be lost.</summary>
    public void Abandon(uint code, string cause)
    {
        lock (_gate)
        {
            if (_state == PeerState.Gone) return;
            if (_state > PeerState.Verifying) SendGoodbye(code);
            Vanish(cause);
        }
    }

    /// <summary>Ends the connection at once and without a word, because the client has another one in its place.</summary>
    public void Supersede()
    {
        lock (_gate)
        {
            if (_state != PeerState.Gone) Vanish("the client came anew");
        }
    }

    /// <summary>Nothing is under way to a peer that is gone, and nothing of it is kept.</summary>
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
