using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Nakama.Server.Chat;

/// <summary>What may be said: the text of one JSON object.</summary>
public static class MessageContent
{
    private const int OnStackBytes = 1024;

    // As deep as the reference server goes; a message is bounded by its size long before.
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 10_000 };

    public static bool IsJsonObject(string content)
    {
        var length = Encoding.UTF8.GetMaxByteCount(content.Length);
        if (length <= OnStackBytes)
        {
            Span<byte> bytes = stackalloc byte[OnStackBytes];
            return IsJsonObject(bytes[..Encoding.UTF8.GetBytes(content, bytes)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return IsJsonObject(rented.AsSpan(0, Encoding.UTF8.GetBytes(content, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static bool IsJsonObject(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, Reading);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
