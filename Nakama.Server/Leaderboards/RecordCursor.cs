using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Nakama.Server.Leaderboards;

/// <summary>The record at the edge of a page, and the direction in which the list continues.</summary>
internal sealed record RecordCursor(bool IsNext, string LeaderboardId, long Expiry, long Score, long Subscore, Guid OwnerId, long Rank)
{
    private const byte NextForm = 1;
    private const byte PreviousForm = 2;
    private const int OwnerAt = 1 + 4 * sizeof(long);
    private const int IdAt = OwnerAt + 16;
    private const int MaxIdBytes = 128 * 4;

    /// <summary>Returns false when the text is not a valid cursor.</summary>
    public static bool TryParse(string text, out RecordCursor cursor)
    {
        cursor = null!;
        Span<byte> bytes = stackalloc byte[IdAt + MaxIdBytes];
        if (text.Length > Base64Url.GetEncodedLength(bytes.Length)) return false;
        if (!Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var length)) return false;
        if (length < IdAt || bytes[0] is not (NextForm or PreviousForm)) return false;
        cursor = new(
            bytes[0] == NextForm,
            Encoding.UTF8.GetString(bytes[IdAt..length]),
            BinaryPrimitives.ReadInt64BigEndian(bytes[1..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes[9..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes[17..]),
            new Guid(bytes[OwnerAt..IdAt], bigEndian: true),
            BinaryPrimitives.ReadInt64BigEndian(bytes[25..]));
        return true;
    }

    public override string ToString()
    {
        var bytes = new byte[IdAt + Encoding.UTF8.GetByteCount(LeaderboardId)];
        bytes[0] = IsNext ? NextForm : PreviousForm;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Expiry);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(9), Score);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(17), Subscore);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(25), Rank);
        OwnerId.TryWriteBytes(bytes.AsSpan(OwnerAt), bigEndian: true, out _);
        Encoding.UTF8.GetBytes(LeaderboardId, bytes.AsSpan(IdAt));
        return Base64Url.EncodeToString(bytes);
    }
}
