using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Nakama.Server.Storage;

/// <summary>What is derived from the text of a value as it was submitted; the database keeps it in another form.</summary>
internal static class StorageVersion
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 10_000 };

    /// <summary>The MD5 of the text's bytes, in lower-case hex.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "It tells versions apart and protects nothing; clients know the form.")]
    public static string Of(string value)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length));
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(bytes.AsSpan(0, Encoding.UTF8.GetBytes(value, bytes)), hash);
        ArrayPool<byte>.Shared.Return(bytes);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>Whether the text is valid JSON and an object.</summary>
    public static bool IsObject(string value)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length));
        try
        {
            var json = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(value, bytes)), Strict);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
            while (json.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
