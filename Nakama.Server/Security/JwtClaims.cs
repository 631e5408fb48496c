using System.Text.Json;

namespace Nakama.Server.Security;

/// <summary>The payload of a token with arbitrary claims, for code that is not on a hot path.</summary>
public static class JwtClaims
{
    /// <summary>
    /// The claims of a token that has a valid signature and an integer <c>exp</c> later than <paramref name="now"/>, in
    /// seconds since the epoch; null otherwise.
    /// </summary>
    public static JsonElement? Open(ReadOnlySpan<byte> key, ReadOnlySpan<char> token, long now)
    {
        using var claims = Jwt.Open(key, token, Parse);
        if (claims?.RootElement.ValueKind != JsonValueKind.Object) return null;
        if (!claims.RootElement.TryGetProperty("exp"u8, out var expiry)
            || expiry.ValueKind != JsonValueKind.Number || !expiry.TryGetInt64(out var seconds) || now >= seconds)
        {
            return null;
        }

        return claims.RootElement.Clone();
    }

    /// <summary>The text of a claim; empty when it is absent or not a string.</summary>
    public static string Text(this JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static JsonDocument? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json.ToArray());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
