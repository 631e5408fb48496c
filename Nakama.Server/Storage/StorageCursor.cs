using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Nakama.Server.Storage;

/// <summary>The last object of a page, after which the next page begins.</summary>
internal readonly record struct StorageCursor(string Key, Guid OwnerId, short Read)
{
    private const byte Form = 1;
    private const int OwnerAt = 1 + sizeof(short);
    private const int KeyAt = OwnerAt + 16;
    private const int MaxKeyBytes = 128 * 4;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Returns false when the text is not a valid cursor.</summary>
    public static bool TryParse(string text, out StorageCursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[KeyAt + MaxKeyBytes];
        if (text.Length > Base64Url.GetEncodedLength(bytes.Length)) return false;
        if (!Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var length)) return false;
        if (length < KeyAt || bytes[0] != Form) return false;
        try
        {
            cursor = new(
                StrictUtf8.GetString(bytes[KeyAt..length]),
                new Guid(bytes[OwnerAt..KeyAt], bigEndian: true),
                BinaryPrimitives.ReadInt16BigEndian(bytes[1..]));
            return !cursor.Key.Contains('\0');
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    public override string ToString()
    {
        var bytes = new byte[KeyAt + Encoding.UTF8.GetByteCount(Key)];
        bytes[0] = Form;
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(1), Read);
        OwnerId.TryWriteBytes(bytes.AsSpan(OwnerAt), bigEndian: true, out _);
        Encoding.UTF8.GetBytes(Key, bytes.AsSpan(KeyAt));
        return Base64Url.EncodeToString(bytes);
    }
}
