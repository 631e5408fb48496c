using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nakama.Protocol.Json;

namespace Nakama.Server.Security;

/// <summary>Reads the known claims from a token's payload; null when they are invalid.</summary>
public delegate TClaims? ClaimsReader<TClaims>(ReadOnlySpan<byte> json)
    where TClaims : class;

/// <summary>Writes the properties of a token's payload.</summary>
public delegate void ClaimsWriter<TClaims>(Utf8JsonWriter json, TClaims claims);

/// <summary>Signed tokens of the form <c>header.payload.signature</c> with HMAC-SHA256 and a key of any length.</summary>
public static class Jwt
{
    /// <summary>Longer texts are rejected unread. A token issued here cannot be longer than the request that caused it.</summary>
    public const int MaxLength = 262_144;

    private const int SignatureBytes = HMACSHA256.HashSizeInBytes;
    private const int SignatureLength = 43;
    private const int StackBytes = 1024;

    /// <summary>Each character is one of four kinds, so 30 random bits.</summary>
    private const int BlankCount = 15;

    /// <summary><c>{"alg":"HS256","typ":"JWT"}</c>, the header of every token issued here.</summary>
    private static readonly byte[] Header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"u8.ToArray();

    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JsonTextEncoder.HtmlSafe,
        SkipValidation = true,
    };

    /// <summary>White space as JSON defines it.</summary>
    private static ReadOnlySpan<byte> Blanks => " \t\n\r"u8;

    /// <summary>Creates a token whose payload holds what <paramref name="write"/> writes.</summary>
    /// <param name="key">The signing key.</param>
    /// <param name="claims">The claims of the token.</param>
    /// <param name="write">Writes the claims.</param>
    /// <param name="isUnique">
    /// Whether two tokens with the same claims must differ: then random white space follows the claims, which JSON readers
    /// ignore.
    /// </param>
    public static string Sign<TClaims>(ReadOnlySpan<byte> key, TClaims claims, ClaimsWriter<TClaims> write, bool isUnique = false)
    {
        var payload = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(payload, Plain))
        {
            json.WriteStartObject();
            write(json, claims);
            json.WriteEndObject();
        }

        if (isUnique)
        {
            RandomNumberGenerator.GetItems(Blanks, payload.GetSpan(BlankCount)[..BlankCount]);
            payload.Advance(BlankCount);
        }

        return Sign(key, payload.WrittenSpan);
    }

    private static string Sign(ReadOnlySpan<byte> key, ReadOnlySpan<byte> payload)
    {
        var signedLength = Header.Length + 1 + Base64Url.GetEncodedLength(payload.Length);
        var length = signedLength + 1 + SignatureLength;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        var token = rented.AsSpan(0, length);
        Header.CopyTo(token);
        token[Header.Length] = (byte)'.';
        Base64Url.EncodeToUtf8(payload, token[(Header.Length + 1)..]);
        token[signedLength] = (byte)'.';
        WriteSignature(key, token[..signedLength], token[(signedLength + 1)..]);
        var text = Encoding.ASCII.GetString(token);
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    /// <summary>
    /// Checks form, algorithm and signature, then lets <paramref name="read"/> validate the claims. Null when anything is
    /// invalid. The reader or its caller must check the expiry.
    /// </summary>
    public static TClaims? Open<TClaims>(ReadOnlySpan<byte> key, ReadOnlySpan<char> token, ClaimsReader<TClaims> read)
        where TClaims : class
    {
        if (token.Length > MaxLength) return null;
        byte[]? rented = null;
        var bytes = token.Length <= StackBytes
            ? stackalloc byte[StackBytes]
            : rented = ArrayPool<byte>.Shared.Rent(token.Length);
        try
        {
            bytes = bytes[..token.Length];
            if (Ascii.FromUtf16(token, bytes, out _) != OperationStatus.Done) return null;
            return Open(key, bytes, read);
        }
        finally
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static TClaims? Open<TClaims>(ReadOnlySpan<byte> key, Span<byte> token, ClaimsReader<TClaims> read)
        where TClaims : class
    {
        var headerEnd = token.IndexOf((byte)'.');
        var payloadEnd = token.LastIndexOf((byte)'.');
        if (headerEnd <= 0 || payloadEnd <= headerEnd) return null;

        Span<byte> expected = stackalloc byte[SignatureLength];
        WriteSignature(key, token[..payloadEnd], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, token[(payloadEnd + 1)..])) return null;

        if (!IsHs256(token[..headerEnd])) return null;
        var payload = Decode(token[(headerEnd + 1)..payloadEnd]);
        return payload.IsEmpty ? null : read(payload);
    }

    private static void WriteSignature(ReadOnlySpan<byte> key, ReadOnlySpan<byte> signed, Span<byte> text)
    {
        Span<byte> signature = stackalloc byte[SignatureBytes];
        HMACSHA256.HashData(key, signed, signature);
        Base64Url.EncodeToUtf8(signature, text);
    }

    private static bool IsHs256(Span<byte> header)
    {
        if (header.SequenceEqual(Header)) return true;
        try
        {
            var isHs256 = false;
            var json = new Utf8JsonReader(Decode(header));
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isAlgorithm = json.ValueTextEquals("alg"u8);
                json.Read();
                if (isAlgorithm) isHs256 = json.TokenType == JsonTokenType.String && json.ValueTextEquals("HS256"u8);
                json.Skip();
            }

            return isHs256;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Decodes in place; empty when the text is not unpadded base64url.</summary>
    private static Span<byte> Decode(Span<byte> text)
    {
        // The library accepts blanks and padding, the format does not.
        if (text.ContainsAnyExcept(Base64UrlBytes)) return [];
        try
        {
            return text[..Base64Url.DecodeFromUtf8InPlace(text)];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static readonly SearchValues<byte> Base64UrlBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);
}
