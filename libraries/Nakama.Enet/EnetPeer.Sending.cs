using Nakama.Enet.Protocol;

namespace Nakama.Enet;

// Reliable messages and answers use channel 0. Unreliable messages use channel 1 where the client has one, so that they do
// not wait for reliable messages that were lost.
internal sealed partial class EnetPeer
{
    /// <summary>The length of the answer to a connection request.</summary>
    public const int VerificationLength = 48;

    private const int MaxInFlight = 1024;
    private const int MaxSpare = 32;

    /// <summary>
    /// The maximum distance between sequence numbers; the other end accepts numbers less than seven windows ahead.
    /// </summary>
    private const int MaxSpan = 4 * Limits.SequenceWindow;

    private const int DatagramOverhead = 4;
    private const int UnreliableOverhead = 8;

    private readonly int _queueCapacity;
    private readonly Queue<QueuedMessage> _queue = new();
    private readonly Queue<Acknowledgement> _acknowledgements = new();
    private readonly ReliableList _inFlight = new();
    private readonly ReliableList _resend = new();
    private readonly ReliableList _spare = new();
    private bool _isVerificationDue = true;
    private ushort _controlSequence;
    private ushort _reliableSequence;

    // At most the number before the oldest unacknowledged one; recomputed when needed.
    private ushort _oldest;
    private ushort _unreliableSequence;
    private int _bytesInFlight;
    private long _bytesSent;
    private uint _closeCode;

    // The message whose fragments are being sent.
    private byte[]? _current;
    private int _currentNumber;
    private ushort _currentStart;

    private bool HasSomethingToSend =>
        _acknowledgements.Count > 0 || _resend.Count > 0 || _current is not null || _queue.Count > 0
        || _state == PeerState.Draining || (_state == PeerState.Verifying && _isVerificationDue);

    private int FragmentLength => _mtu - DatagramOverhead - ReliableCommand.FragmentOverhead;

    private byte UnreliableChannel => (byte)(_channels.Length > 1 ? 1 : 0);

    /// <summary>Queues a message, to be flushed by the caller. The bytes must not be modified afterwards.</summary>
    public SendResult Send(byte[] message, bool isReliable)
    {
        lock (_gate)
        {
            if (_state != PeerState.Connected) return SendResult.Closed;
            if (_queue.Count >= _queueCapacity) return SendResult.Full;
            _queue.Enqueue(new QueuedMessage(message, isReliable));
            return SendResult.Queued;
        }
    }

    /// <summary>Sends everything that may be sent now.</summary>
    /// <param name="nowMs">The time.</param>
    /// <param name="scratch">Buffer for a datagram.</param>
    public void Flush(long nowMs, Span<byte> scratch)
    {
        lock (_gate)
        {
            if (_state == PeerState.Gone) return;
            _nowMs = Math.Max(_nowMs, nowMs);
            Flush(scratch);
        }
    }

    private void Flush(Span<byte> scratch)
    {
        if (_state == PeerState.Verifying)
        {
            SendVerification(scratch);
            return;
        }

        while (true)
        {
            var writer = new DatagramWriter(scratch[..Math.Min(_mtu, scratch.Length)]);
            var isTimed = Fill(ref writer);
            if (writer.IsEmpty) return;
            SendOut(writer.Finish(_offer.PeerId, _outgoingSession, isTimed ? (ushort)_nowMs : null));
        }
    }

    /// <summary>
    /// Never sends more to an address than was received from it before the client there is verified: a forged
    /// source address must not turn the server into an amplifier.
    /// </summary>
    private void SendVerification(Span<byte> scratch)
    {
        if (!_isVerificationDue || _credit < VerificationLength) return;
        _isVerificationDue = false;
        _credit -= VerificationLength;
        var writer = new DatagramWriter(scratch);
        writer.VerifyConnect(
            _verificationSequence, _offer, (ushort)Id, _outgoingSession, _incomingSession, _mtu,
            (int)Math.Clamp(_offer.Window, Limits.MinWindow, Limits.MaxWindow), _channels.Length);
        SendOut(writer.Finish(_offer.PeerId, _outgoingSession, _nonce));
    }

    /// <summary>Returns whether the datagram needs its sent time.</summary>
    private bool Fill(ref DatagramWriter writer)
    {
        var isTimed = false;
        while (_acknowledgements.Count > 0 && writer.Room >= DatagramWriter.AcknowledgeLength) writer.Acknowledge(_acknowledgements.Dequeue());
        while (_resend.First is { } again)
        {
            if (again.WireLength > writer.Room) return isTimed;
            _resend.Remove(again);
            WriteReliable(ref writer, again);
            isTimed = true;
        }

        while (_current is not null || _queue.Count > 0)
        {
            if (_current is null && !_queue.Peek().IsReliable && _queue.Peek().Bytes.Length <= _mtu - DatagramOverhead - UnreliableOverhead)
            {
                if (_queue.Peek().Bytes.Length + UnreliableOverhead > writer.Room) return isTimed;
                WriteUnreliable(ref writer, _queue.Dequeue().Bytes);
                continue;
            }

            if (!MaySendReliable()) break;
            if (_current is null) Begin(_queue.Dequeue().Bytes);
            var length = Math.Min(_current!.Length - (_currentNumber * FragmentLength), FragmentLength);
            if (length + (IsFragmented ? ReliableCommand.FragmentOverhead : 6) > writer.Room) return isTimed;
            WriteReliable(ref writer, NextPart(length));
            isTimed = true;
        }

        if (_state != PeerState.Draining || _current is not null || _queue.Count + _inFlight.Count > 0) return isTimed;
        if (writer.Room < 8) return isTimed;
        _state = PeerState.Disconnecting;
        WriteReliable(ref writer, Control(CommandKind.Disconnect, _closeCode));
        return true;
    }

    private bool IsFragmented => _current!.Length > FragmentLength;

    private void Begin(byte[] message)
    {
        _current = message;
        _currentNumber = 0;
        _currentStart = (ushort)(_reliableSequence + 1);
    }

    /// <summary>The next fragment of the current message, with the next sequence number.</summary>
    private ReliableCommand NextPart(int length)
    {
        var command = Blank();
        command.Kind = IsFragmented ? CommandKind.SendFragment : CommandKind.SendReliable;
        command.Channel = 0;
        command.Sequence = ++_reliableSequence;
        command.Message = _current!;
        command.Offset = _currentNumber * FragmentLength;
        command.Length = length;
        command.FragmentStart = _currentStart;
        command.FragmentCount = (_current!.Length + FragmentLength - 1) / FragmentLength;
        command.FragmentNumber = _currentNumber++;
        if (UnreliableChannel == 0) _unreliableSequence = 0;
        if (command.Offset + length < _current.Length) return command;
        _current = null;
        return command;
    }

    private bool MaySendReliable()
    {
        if (_inFlight.Count >= MaxInFlight) return false;
        var window = Math.Max(_window * _roundTrip.Throttle / Limits.ThrottleScale, _mtu);
        if (_bytesInFlight > 0 && _bytesInFlight + _mtu > window) return false;
        if ((ushort)(_reliableSequence - _oldest) >= MaxSpan) _oldest = FindOldest();
        return (ushort)(_reliableSequence - _oldest) < MaxSpan;
    }

    /// <summary>The number before the oldest that is not acknowledged.</summary>
    private ushort FindOldest()
    {
        var span = 0;
        foreach (var list in (ReadOnlySpan<ReliableList>)[_inFlight, _resend])
        {
            for (var command = list.First; command is not null; command = command.Next)
            {
                if (command.Channel == 0) span = Math.Max(span, (ushort)(_reliableSequence - command.Sequence) + 1);
            }
        }
        return (ushort)(_reliableSequence - span);
    }

    private void WriteReliable(ref DatagramWriter writer, ReliableCommand command)
    {
        writer.Reliable(command);
        command.SentAtMs = _nowMs;
        if (command.SendCount++ == 0)
        {
            command.FirstSentAtMs = _nowMs;
            command.TimeoutMs = _roundTrip.TimeoutMs;
        }
        _inFlight.Append(command);
        _bytesInFlight += command.Length;
        _nextCheckMs = Math.Min(_nextCheckMs, _nowMs + command.TimeoutMs);
    }

    private void WriteUnreliable(ref DatagramWriter writer, byte[] message)
    {
        if (!_roundTrip.LetsPass()) return;
        var reliable = UnreliableChannel == 0 ? _reliableSequence : (ushort)0;
        writer.Unreliable(UnreliableChannel, reliable, ++_unreliableSequence, message);
    }

    private ReliableCommand Control(CommandKind kind, uint argument)
    {
        var command = Blank();
        command.Kind = kind;
        command.Channel = Limits.ControlChannel;
        command.Sequence = ++_controlSequence;
        command.Argument = argument;
        return command;
    }

    private ReliableCommand Blank()
    {
        if (_spare.First is not { } command) return new ReliableCommand();
        _spare.Remove(command);
        return command;
    }

    private void Recycle(ReliableCommand command)
    {
        command.Clear();
        if (_spare.Count < MaxSpare) _spare.Append(command);
    }

    private void SendGoodbye(uint code)
    {
        var writer = new DatagramWriter(stackalloc byte[16]);
        writer.DisconnectNow(++_controlSequence, code);
        SendOut(writer.Finish(_offer.PeerId, _outgoingSession, null));
    }

    private void SendOut(ReadOnlySpan<byte> datagram)
    {
        _bytesSent += datagram.Length;
        _sender.Send(datagram, Address);
    }

    private readonly record struct QueuedMessage(byte[] Bytes, bool IsReliable);
}
