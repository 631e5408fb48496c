using System.Net;
using System.Net.Sockets;
using Nakama.Enet;
using Nakama.Enet.Protocol;
using Nakama.Server.Api;

namespace Nakama.Server.Transport.Rudp;

/// <summary>
/// The UDP listener: reads datagrams in one loop for as long as the node runs, passes each to its peer, and runs the peers'
/// timers every ten milliseconds while there are any. A datagram that matches no peer is dropped silently.
/// </summary>
internal sealed class RudpHost : BackgroundService, IDatagramSender
{
    private const int SocketBufferBytes = 4 * 1024 * 1024;

    private const int MostDirty = 64;

    /// <summary>The sequence number of the first reliable command, which is the verification.</summary>
    private const uint FirstSequence = 1;

    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(10);

    private readonly PeerTable _peers = new();
    private readonly ConnectCookies _cookies = new();
    private readonly List<EnetPeer> _dirty = [];
    private readonly byte[] _scratch = GC.AllocateUninitializedArray<byte>(Limits.MaxMtu, pinned: true);
    private readonly byte[] _tickScratch = GC.AllocateUninitializedArray<byte>(Limits.MaxMtu, pinned: true);
    private readonly SocketOptions _options;
    private readonly RudpLogins _logins;
    private readonly TimeProvider _time;
    private readonly ILogger<RudpHost> _logger;
    private readonly PeerTimes _times;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly Lock _tickGate = new();
    private int _isTicking;
    private Socket? _socket;

    public RudpHost(SocketOptions options, RudpLogins logins, TimeProvider time, ILogger<RudpHost> logger)
    {
        _options = options;
        _logins = logins;
        _time = time;
        _logger = logger;
        _times = new PeerTimes(
            HandshakeMs: Math.Min(5000, options.ReadTimeoutMs), LoginMs: options.ReadTimeoutMs, SilenceMs: options.PongWaitMs,
            PingMs: options.PingPeriodMs, CloseMs: options.CloseAckWaitMs);
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(static host => ((RudpHost)host!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The number of peers, including those that are not authenticated yet.</summary>
    public int PeerCount => _peers.Count;

    public EnetPeer? Find(int id) => _peers.Find(id);

    /// <summary>Sends what is queued for a peer; to be called by any thread that queued something.</summary>
    public void Flush(EnetPeer peer, Span<byte> scratch) => peer.Flush(NowMs, scratch);

    private long NowMs => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    /// <exception cref="IOException">The port is taken.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.RudpPort < 0) return Task.CompletedTask;
        var port = _options.RudpPort > 0 ? _options.RudpPort : _options.Port + 2;
        try
        {
            _socket = Open(port);
        }
        catch (SocketException e)
        {
            throw new IOException($"UDP port {port} cannot be opened.", e);
        }
        RudpLog.Listening(_logger, port);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Sends every peer one disconnect and closes the port.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_socket is null) return;
        for (var id = 0; id < PeerTable.Capacity; id++)
        {
            if (_peers.Find(id) is not { } peer) continue;
            peer.Abandon((uint)Sessions.SessionClose.ServerSide.Code, Sessions.SessionClose.ServerSide.Text);
            Forget(peer);
        }
        await base.StopAsync(cancellationToken);
        _socket.Dispose();
    }

    public override void Dispose()
    {
        _timer.Dispose();
        _socket?.Dispose();
        base.Dispose();
    }

    public void Send(ReadOnlySpan<byte> datagram, SocketAddress to)
    {
        try
        {
            _socket!.SendTo(datagram, SocketFlags.None, to);
        }
        catch (SocketException e)
        {
            // The network may lose any datagram; one that the system cannot send is treated the same.
            RudpLog.NotSent(_logger, e.SocketErrorCode);
        }
        catch (ObjectDisposedException)
        {
            // The node is stopping.
        }
    }

    private Socket Open(int port)
    {
        var address = _options.Address switch
        {
            "" => null,
            // A name may resolve to two addresses; ENet game clients ask for the IPv4 one.
            "localhost" => IPAddress.Loopback,
            var text => IPAddress.TryParse(text, out var parsed) ? parsed : Dns.GetHostAddresses(text)[0],
        };
        var isDual = address is null && Socket.OSSupportsIPv6;
        address ??= isDual ? IPAddress.IPv6Any : IPAddress.Any;
        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        try
        {
            if (isDual) socket.DualMode = true;
            socket.ReceiveBufferSize = socket.SendBufferSize = SocketBufferBytes;
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // One byte more than the largest datagram, so that a longer one is detected.
        var buffer = GC.AllocateUninitializedArray<byte>(Limits.MaxMtu + 1, pinned: true);
        var from = new SocketAddress(_socket!.AddressFamily);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                from.Size = SocketAddress.GetMaximumAddressSize(_socket.AddressFamily);
                var receiving = _socket.ReceiveFromAsync(buffer, SocketFlags.None, from, stoppingToken);
                // Answers are collected while datagrams are pending and sent together; the count bounds this under a flood.
                if (!receiving.IsCompletedSuccessfully || _dirty.Count >= MostDirty) FlushDirty();
                var length = await receiving;
                if (length <= Limits.MaxMtu) Take(buffer.AsSpan(0, length), from);
            }
            catch (SocketException e)
            {
                RudpLog.NotReceived(_logger, e.SocketErrorCode);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                // A failure caused by one datagram must not stop the loop.
                RudpLog.DatagramFailed(_logger, e);
            }
        }
    }

    private void Take(ReadOnlySpan<byte> bytes, SocketAddress from)
    {
        if (!Datagram.TryRead(bytes, out var datagram)) return;
        if (datagram.PeerId == Limits.NoPeer)
        {
            Connect(datagram, bytes.Length, from);
            return;
        }

        var peer = _peers.Find(datagram.PeerId) ?? AddByCookie(datagram, from);
        if (peer is null || datagram.Session != peer.IncomingSession || !peer.Address.Equals(from)) return;
        var wasVerified = peer.IsVerified;
        var events = peer.Receive(datagram, bytes.Length, NowMs);
        if (!wasVerified && peer.IsVerified && _peers.Settle(peer) is { } older)
        {
            older.Supersede();
            Forget(older);
        }

        OnEvents(peer, events);
    }

    private void Connect(in Datagram datagram, int length, SocketAddress from)
    {
        var rest = datagram.Commands;
        if (!Command.TryTake(ref rest, out var command) || command.Kind != CommandKind.Connect) return;
        var offer = ConnectOffer.Read(command);
        if (!offer.IsValid) return;
        if (_peers.Find(from, offer.ConnectId) is { } known)
        {
            OnEvents(known, known.ReceiveConnect(length));
            return;
        }

        if (!_peers.HasRoomForUnverified(from)) AnswerWithCookie(offer, length, from);
        else if (AddUnverified(offer, from) is { } peer) OnEvents(peer, peer.ReceiveConnect(length));
        else RudpLog.Full(_logger);
    }

    private EnetPeer? AddUnverified(in ConnectOffer offer, SocketAddress from)
    {
        var (address, wanted) = (Copy(from), offer);
        var proof = (FirstSequence << 16) | (uint)Random.Shared.Next(0x10000);
        var peer = _peers.AddUnverified((id, incoming, outgoing) => Make(id, address, wanted, incoming, outgoing, proof));
        if (peer is not null) StartClock();
        return peer;
    }

    /// <summary>
    /// Answers a connection request without storing anything: the required data comes back with the acknowledgement.
    /// </summary>
    private void AnswerWithCookie(in ConnectOffer offer, int length, SocketAddress from)
    {
        if (length < EnetPeer.VerificationLength) return;
        if (!_peers.TryFindPlace(out var id, out var session))
        {
            RudpLog.Full(_logger);
            return;
        }

        if (!_cookies.TryMake(offer, from, id, session, NowMs, out var cookie)) return;
        var outgoing = ConnectCookies.OutgoingSession(cookie);
        var writer = new DatagramWriter(_scratch);
        writer.VerifyConnect(
            (ushort)(cookie >> 16), offer, (ushort)id, outgoing, session, ConnectCookies.Mtu(offer),
            (int)Math.Clamp(offer.Window, Limits.MinWindow, Limits.MaxWindow), (int)Math.Min(offer.Channels, EnetPeer.MaxChannels));
        Send(writer.Finish(offer.PeerId, outgoing, (ushort)cookie), from);
    }

    /// <summary>Creates the peer when a client acknowledges a verification with a valid cookie; null otherwise.</summary>
    private EnetPeer? AddByCookie(in Datagram datagram, SocketAddress from)
    {
        var rest = datagram.Commands;
        if (!Command.TryTake(ref rest, out var command)) return null;
        if (command.Kind != CommandKind.Acknowledge || command.Channel != Limits.ControlChannel) return null;
        var cookie = ((uint)command.UInt16At(0) << 16) | command.UInt16At(2);
        var session = (byte)datagram.Session;
        if (!_cookies.TryRead(cookie, from, datagram.PeerId, session, NowMs, out var offer)) return null;
        var peer = Make(datagram.PeerId, Copy(from), offer, session, ConnectCookies.OutgoingSession(cookie), cookie);
        if (!_peers.TryAdd(peer)) return null;
        StartClock();
        return peer;
    }

    private EnetPeer Make(int id, SocketAddress address, in ConnectOffer offer, byte incoming, byte outgoing, uint proof) =>
        new(id, address, offer, incoming, outgoing, proof, _times, _options.MaxMessageSizeBytes, _options.OutgoingQueueSize, this, NowMs);

    private static SocketAddress Copy(SocketAddress from)
    {
        var address = new SocketAddress(from.Family, from.Size);
        from.Buffer.Span[..from.Size].CopyTo(address.Buffer.Span);
        return address;
    }

    private void OnEvents(EnetPeer peer, PeerEvents events)
    {
        if ((events & PeerEvents.Flush) != 0) _dirty.Add(peer);
        if ((events & PeerEvents.Messages) != 0) (peer.Listener ??= _logins.Begin(peer, this)).OnMessages();
        if ((events & PeerEvents.Gone) != 0) Forget(peer);
    }

    private void Forget(EnetPeer peer)
    {
        _peers.Remove(peer);
        peer.Listener?.OnGone();
    }

    private void FlushDirty()
    {
        if (_dirty.Count == 0) return;
        var now = NowMs;
        foreach (var peer in _dirty)
        {
            try
            {
                peer.Flush(now, _scratch);
            }
            catch (Exception e)
            {
                // One peer's failure must not affect the others, and a datagram is being received into the buffer.
                RudpLog.FlushFailed(_logger, e);
            }
        }

        _dirty.Clear();
    }

    /// <summary>Starts the tick timer with the first peer; it stops by itself after the last.</summary>
    private void StartClock()
    {
        if (Interlocked.Exchange(ref _isTicking, 1) == 0) _timer.Change(TickPeriod, TickPeriod);
    }

    private void Tick()
    {
        // When a tick takes longer than a period, the overlapping one is skipped.
        if (!_tickGate.TryEnter()) return;
        try
        {
            var now = NowMs;
            for (var id = 0; id < PeerTable.Capacity; id++)
            {
                if (_peers.Find(id) is not { } peer) continue;
                var events = peer.Tick(now);
                if ((events & PeerEvents.Flush) != 0) peer.Flush(now, _tickScratch);
                if ((events & PeerEvents.Gone) != 0) Forget(peer);
            }

            if (_peers.Count > 0) return;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Interlocked.Exchange(ref _isTicking, 0);
            if (_peers.Count > 0) StartClock();
        }
        finally
        {
            _tickGate.Exit();
        }
    }
}
