using System.Text.Json;
using Nakama.Server.Security;

namespace Nakama.Server.Identity;

/// <summary>The issuers of a provider's tokens and the accepted audiences; without audiences, any is accepted.</summary>
internal sealed record IdTokenRules(string Provider, IReadOnlyList<string> Issuers, IReadOnlyList<string> Audiences);

/// <summary>
/// Verifies a provider's ID tokens: RS256 by a published key, not expired, from the right issuer and for the right audience.
/// </summary>
internal sealed class IdTokens(IdTokenRules rules, PublishedKeys keys, TimeProvider time, ILogger log)
{
    /// <summary>The maximum time that a provider's clock may be ahead of this node's.</summary>
    private const int LeewaySec = 60;

    /// <summary>The claims, including a <c>sub</c>; null when the token is invalid.</summary>
    public async ValueTask<JsonElement?> OpenAsync(ForeignToken token, CancellationToken cancellationToken)
    {
        if (Complaint(token) is { } complaint) return Refuse(complaint);
        if (await keys.FindAsync(token.KeyId, cancellationToken) is not { } key) return Refuse("its key is not known");
        return key.Verifies(token.Signed, token.Signature) ? token.Claims : Refuse("its signature is wrong");
    }

    /// <summary>Checks that need no key run first, so that no keys are fetched for a token that is rejected anyway.</summary>
    private string? Complaint(ForeignToken token)
    {
        var claims = token.Claims;
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (token.Algorithm != "RS256") return "its algorithm is not RS256";
        if (token.KeyId.Length == 0) return "it names no key";
        if (!rules.Issuers.Contains(claims.Text("iss"))) return "someone else made it";
        if (Seconds(claims, "exp") is not { } expiry || now >= expiry) return "it has expired";
        if (claims.TryGetProperty("nbf"u8, out _) && !(Seconds(claims, "nbf") <= now + LeewaySec)) return "it is not valid yet";
        if (claims.TryGetProperty("iat"u8, out _) && !(Seconds(claims, "iat") <= now + LeewaySec)) return "it was made in the future";
        if (rules.Audiences.Count > 0 && !IsForUs(claims)) return "it was made for someone else";
        return claims.Text("sub").Length == 0 ? "it names no one" : null;
    }

    private bool IsForUs(JsonElement claims)
    {
        if (!claims.TryGetProperty("aud"u8, out var audience)) return false;
        if (audience.ValueKind == JsonValueKind.String) return rules.Audiences.Contains(audience.GetString()!);
        return audience.ValueKind == JsonValueKind.Array && audience.EnumerateArray().Any(
            one => one.ValueKind == JsonValueKind.String && rules.Audiences.Contains(one.GetString()!));
    }

    private static double? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) ? seconds : null;

    private JsonElement? Refuse(string reason)
    {
        SocialLog.Refused(log, rules.Provider, reason);
        return null;
    }
}
