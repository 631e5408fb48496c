using Nakama.Enet.Protocol;

namespace Nakama.Enet;

internal sealed partial class EnetPeer
{
    private const int MaxAcknowledgements = 4096;

    /// <summary>The close code of a message that is too long, or of commands that no client of the protocol sends.</summary>
    private const uint TooLarge = 1009;

    private long _lastReceivedMs;
    private long _credit;
    private bool _hasPeerLeft;

    /// <summary>Whether the client ended the connection itself, so that messages it sent before are still read.</summary>
    public bool HasPeerLeft => Volatile.Read(ref _hasPeerLeft);

    /// <summary>The client has repeated its connection request, since it has not received our answer.</summary>
    public PeerEvents ReceiveConnect(int length)
    {
        lock (_gate)
        {
            if (_state != PeerState.Verifying) return PeerEvents.None;
            _credit += length;
            _isVerificationDue = true;
            return PeerEvents.Flush;
        }
    }

    /// <summary>Handles a datagram for this peer, received from its address.</summary>
    public PeerEvents Receive(in Datagram datagram, int length, long nowMs)
    {
        lock (_gate)
        {
            if (_state == PeerState.Gone) return PeerEvents.None;
            _nowMs = nowMs;
            if (_state == PeerState.Verifying) _credit += length;
            else _lastReceivedMs = nowMs;

            var rest = datagram.Commands;
            while (Command.TryTake(ref rest, out var command))
            {
                if (_state == PeerState.Verifying && command.Kind != CommandKind.Acknowledge)
                {
                    // The client considers itself connected, so its acknowledgement was lost: it needs the verification again.
                    _isVerificationDue = true;
                    break;
                }

                var verdict = Obey(command);
                if (verdict == ReceiveResult.Violation)
                {
                    SendGoodbye(TooLarge);
                    Vanish("protocol violation");
                    return PeerEvents.Gone;
                }
                if (verdict != ReceiveResult.NoRoom && command.WantsAcknowledge && datagram.HasSentTime && _acknowledgements.Count < MaxAcknowledgements)
                    _acknowledgements.Enqueue(new Acknowledgement(command.Channel, command.Sequence, datagram.SentTime));
                if (_state == PeerState.Gone || command.Kind == CommandKind.Disconnect) break;
            }

            if (_hasPeerLeft && _state != PeerState.Gone)
            {
                Flush(stackalloc byte[Limits.MinMtu]);
                Vanish("closed by client");
            }
            if (_state == PeerState.Gone) return PeerEvents.Gone;
            var events = _inbox.Count > 0 ? PeerEvents.Messages : PeerEvents.None;
            return HasSomethingToSend ? events | PeerEvents.Flush : events;
        }
    }

    private ReceiveResult Obey(in Command command)
    {
        switch (command.Kind)
        {
            case CommandKind.Acknowledge:
                OnAcknowledged(command.Channel, command.UInt16At(0), command.UInt16At(2));
                return ReceiveResult.Taken;
            case CommandKind.Disconnect:
                _hasPeerLeft = true;
                return ReceiveResult.Taken;
            case CommandKind.BandwidthLimit:
                _incomingBandwidth = command.UInt32At(0);
                _window = WindowFor(_incomingBandwidth);
                if (_incomingBandwidth == 0) _roundTrip.Limit(Limits.ThrottleScale);
                return ReceiveResult.Taken;
            case CommandKind.ThrottleConfigure:
                _roundTrip.Configure(command.UInt32At(0), command.UInt32At(4), command.UInt32At(8));
                return ReceiveResult.Taken;
            case CommandKind.SendReliable:
                return ChannelOf(command)?.Reliable(command.Sequence, command.Payload) ?? Misplaced;
            case CommandKind.SendUnreliable:
                return ChannelOf(command)?.Unreliable(command.Sequence, command.UInt16At(0), command.Payload) ?? Misplaced;
            case CommandKind.SendFragment:
                return ChannelOf(command)?.ReliableFragment(Fragment.Read(command)) ?? Misplaced;
            case CommandKind.SendUnreliableFragment:
                return ChannelOf(command)?.UnreliableFragment(command.Sequence, Fragment.Read(command)) ?? Misplaced;
            case CommandKind.SendUnsequenced:
                return ChannelOf(command) is null ? Misplaced : Unsequenced(command);
            default:
                return ReceiveResult.Taken;
        }
    }

    /// <summary>
    /// While the connection is ending, messages are discarded, but the client may continue to send for a while.
    /// </summary>
    private ReceiveResult Misplaced => _state == PeerState.Connected ? ReceiveResult.Violation : ReceiveResult.Known;

    private IncomingChannel? ChannelOf(in Command command) =>
        _state == PeerState.Connected && command.Channel < _channels.Length ? _channels[command.Channel] ??= new IncomingChannel(_inbox) : null;

    private ReceiveResult Unsequenced(in Command command)
    {
        if (command.Payload.Length > _inbox.MaxMessageLength) return ReceiveResult.Violation;
        if (_inbox.IsFull) return ReceiveResult.NoRoom;
        if (!_unsequenced.Accept(command.UInt16At(0))) return ReceiveResult.Known;
        _inbox.Deliver(RentedMessage.Of(command.Payload));
        return ReceiveResult.Taken;
    }

    private void OnAcknowledged(byte channel, ushort sequence, ushort sentTime)
    {
        if (_state == PeerState.Verifying)
        {
            if (channel == Limits.ControlChannel && sequence == _verificationSequence && sentTime == _nonce) OnVerified();
            return;
        }

        var command = _inFlight.Find(channel, sequence);
        if (command is not null)
        {
            _inFlight.Remove(command);
            _bytesInFlight -= command.Length;
        }
        else if ((command = _resend.Find(channel, sequence)) is not null)
        {
            _resend.Remove(command);
        }
        else
        {
            return;
        }

        var sentAtMs = (_nowMs & ~0xFFFFL) | sentTime;
        if (sentAtMs > _nowMs) sentAtMs -= 0x10000;
        _roundTrip.Measure(_nowMs - sentAtMs, _nowMs);
        var isEnd = command.Kind == CommandKind.Disconnect;
        Recycle(command);
        if (isEnd) Vanish(EndCause);
    }

    private void OnVerified()
    {
        _state = PeerState.Connected;
        _lastReceivedMs = _nowMs;
        _nextCheckMs = Math.Min(_nextCheckMs, _nowMs + _times.PingMs);
    }
}
