using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Nakama.Server.Security;

namespace Nakama.Server.Identity;

/// <summary>A token of the form <c>header.payload.signature</c> from a third party, parsed but not yet verified.</summary>
internal sealed record ForeignToken(string KeyId, string Algorithm, JsonElement Claims, byte[] Signed, byte[] Signature)
{
    /// <summary>Longer texts are rejected unread. Providers' tokens have some two thousand characters.</summary>
    public const int MaxLength = 16_384;

    private static readonly SearchValues<char> Base64UrlChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Null when the text does not have the form of such a token.</summary>
    public static ForeignToken? Read(string token)
    {
        if (token.Length > MaxLength) return null;
        var headerEnd = token.IndexOf('.', StringComparison.Ordinal);
        var payloadEnd = token.LastIndexOf('.');
        if (headerEnd <= 0 || payloadEnd <= headerEnd) return null;

        if (Json(token.AsSpan(0, headerEnd)) is not { } header || Json(token.AsSpan(headerEnd + 1, payloadEnd - headerEnd - 1)) is not { } claims)
            return null;
        if (Decode(token.AsSpan(payloadEnd + 1)) is not { Length: > 0 } signature) return null;
        // The extensions that "crit" lists must be supported, and none is.
        if (header.TryGetProperty("crit"u8, out _)) return null;
        return new ForeignToken(
            header.Text("kid"), header.Text("alg"), claims, Encoding.ASCII.GetBytes(token, 0, payloadEnd), signature);
    }

    /// <summary>The bytes of unpadded base64url; null when the text is anything else.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExcept(Base64UrlChars)) return null;
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The JSON object in some base64url; null when there is none.</summary>
    public static JsonElement? Json(ReadOnlySpan<char> text)
    {
        if (Decode(text) is not { Length: > 0 } bytes) return null;
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
