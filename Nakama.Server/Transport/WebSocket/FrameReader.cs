using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>
/// Finds the frames and messages in the bytes of one client (RFC 6455). A message in one piece of memory is unmasked
/// in place; only fragments and split frames are assembled in rented memory, which is returned with the next read.
/// </summary>
internal struct FrameReader(int maxMessageBytes) : IDisposable
{
    private const int Continuation = 0;
    private const int TextOpcode = 1;
    private const int BinaryOpcode = 2;
    private const int CloseOpcode = 8;
    private const int PingOpcode = 9;
    private const int PongOpcode = 10;
    private const int MaxControlBytes = 125;
    private const int MaxHeaderBytes = 14;

    /// <summary>More fragments are treated as an attempt to keep the reader busy, since fragments may be empty.</summary>
    private const int MaxFragments = 4096;

    private byte[]? _rented;
    private int _assembled;
    private int _openOpcode;
    private bool _isInMessage;
    private int _fragments;

    /// <summary>The reason why the last result was a violation.</summary>
    public string ViolationText { get; private set; } = "";

    /// <summary>Takes the next message or control frame from the buffer.</summary>
    /// <param name="buffer">The received bytes; advances past what was taken. Its memory is modified.</param>
    /// <param name="payload">Unmasked; valid until the next read, and as long as the buffer.</param>
    public FrameKind Read(ref ReadOnlySequence<byte> buffer, out ReadOnlyMemory<byte> payload)
    {
        payload = default;
        if (!_isInMessage) Dispose();
        Span<byte> head = stackalloc byte[MaxHeaderBytes];
        while (true)
        {
            var available = (int)Math.Min(buffer.Length, MaxHeaderBytes);
            if (available < 2) return FrameKind.None;
            buffer.Slice(0, available).CopyTo(head);

            var opcode = head[0] & 0x0F;
            var isFinal = (head[0] & 0x80) != 0;
            var shortLength = head[1] & 0x7F;
            if (Check(head[0], head[1], opcode, isFinal, shortLength) is { } violation)
            {
                ViolationText = violation;
                return FrameKind.Violation;
            }

            var headLength = shortLength switch { 126 => 4, 127 => 10, _ => 2 };
            if (available < headLength) return FrameKind.None;
            var length = shortLength switch
            {
                126 => BinaryPrimitives.ReadUInt16BigEndian(head[2..]),
                127 => BinaryPrimitives.ReadUInt64BigEndian(head[2..]),
                _ => (ulong)shortLength,
            };
            var isControl = opcode >= CloseOpcode;
            var before = isControl ? 0 : _assembled;
            if (!isControl && length > (ulong)(maxMessageBytes - before)) return FrameKind.TooLarge;

            headLength += sizeof(uint);
            if (buffer.Length < headLength + (long)length) return FrameKind.None;
            var key = MemoryMarshal.Read<uint>(head[(headLength - sizeof(uint))..]);
            var body = buffer.Slice(headLength, (long)length);
            buffer = buffer.Slice(body.End);

            if (isControl)
            {
                payload = Whole(body, key);
                return opcode switch { PingOpcode => FrameKind.Ping, PongOpcode => FrameKind.Pong, _ => FrameKind.Close };
            }

            if (opcode != Continuation) _openOpcode = opcode;
            var isWhole = isFinal && !_isInMessage;
            _fragments = _isInMessage ? _fragments + 1 : 1;
            if (_fragments > MaxFragments)
            {
                ViolationText = "too many fragments";
                return FrameKind.Violation;
            }

            _isInMessage = !isFinal;
            if (isWhole)
            {
                payload = Whole(body, key);
                return Kind();
            }

            Assemble(body, key);
            if (!isFinal) continue;
            payload = _rented.AsMemory(0, _assembled);
            _assembled = 0;
            return Kind();
        }
    }

    /// <summary>Returns rented memory.</summary>
    public void Dispose()
    {
        if (_rented is null) return;
        ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
        _assembled = 0;
    }

    private readonly FrameKind Kind() => _openOpcode == TextOpcode ? FrameKind.Text : FrameKind.Binary;

    private readonly string? Check(byte first, byte second, int opcode, bool isFinal, int shortLength)
    {
        // All violations in the first two bytes are reported together, with a text that other servers use too.
        var isBroken = (first & 0x70) != 0 || (second & 0x80) == 0;
        isBroken |= opcode switch
        {
            Continuation => !_isInMessage,
            TextOpcode or BinaryOpcode => _isInMessage,
            CloseOpcode or PingOpcode or PongOpcode => !isFinal || shortLength > MaxControlBytes,
            _ => true,
        };
        return isBroken ? Complaint(first, second, opcode, isFinal, shortLength) : null;
    }

    private readonly string Complaint(byte first, byte second, int opcode, bool isFinal, int shortLength)
    {
        var text = new StringBuilder();
        if ((first & 0x40) != 0) Add("RSV1 set");
        if ((first & 0x20) != 0) Add("RSV2 set");
        if ((first & 0x10) != 0) Add("RSV3 set");
        switch (opcode)
        {
            case CloseOpcode or PingOpcode or PongOpcode:
                if (shortLength > MaxControlBytes) Add("len > 125 for control");
                if (!isFinal) Add("FIN not set on control");
                break;
            case TextOpcode or BinaryOpcode:
                if (_isInMessage) Add("data before FIN");
                break;
            case Continuation:
                if (!_isInMessage) Add("continuation after FIN");
                break;
            default:
                Add($"bad opcode {opcode}");
                break;
        }
        if ((second & 0x80) == 0) Add("bad MASK");
        return text.ToString();

        void Add(string complaint)
        {
            if (text.Length > 0) text.Append(", ");
            text.Append(complaint);
        }
    }

    private static ReadOnlyMemory<byte> Whole(in ReadOnlySequence<byte> body, uint key)
    {
        if (!body.IsSingleSegment)
        {
            // Rare: a frame that spans two blocks of the transport. Tracking rented memory for it is not worthwhile.
            var copy = GC.AllocateUninitializedArray<byte>((int)body.Length);
            body.CopyTo(copy);
            FrameMask.Remove(copy, key);
            return copy;
        }
        FrameMask.Remove(MemoryMarshal.AsMemory(body.First).Span, key);
        return body.First;
    }

    private void Assemble(in ReadOnlySequence<byte> body, uint key)
    {
        var length = (int)body.Length;
        var needed = _assembled + length;
        if (_rented is null)
        {
            _rented = ArrayPool<byte>.Shared.Rent(Math.Max(needed, 256));
        }
        else if (_rented.Length < needed)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Min(Math.Max(needed, _rented.Length * 2), maxMessageBytes));
            _rented.AsSpan(0, _assembled).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = larger;
        }
        var piece = _rented.AsSpan(_assembled, length);
        body.CopyTo(piece);
        FrameMask.Remove(piece, key);
        _assembled = needed;
    }
}
