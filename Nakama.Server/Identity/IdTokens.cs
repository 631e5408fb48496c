using System.Text.Json;
using Nakama.Server.Security;

namespace Nakama.Server.Identity;

/// <summary>Who makes a provider's tokens, and for whom they must be made; without audiences, for anyone.</summary>
internal sealed record IdTokenRules(string Provider, IReadOnlyList<string> Issuers, IReadOnlyList<string> Audiences);

/// <summary>Believes a provider's ID tokens: RS256 by a published key, in time, from the right one and for us.</summary>
internal sealed class IdTokens(IdTokenRules rules, PublishedKeys keys, TimeProvider time, ILogger log)
{
    /// <summary>How far a provider's clock may be ahead of ours.</summary>
    private const int LeewaySec = 60;

    /// <summary>The claims, with a <c>sub</c> among them; null when the token is not to be believed.</summary>
    public async ValueTask<JsonElement?> OpenAsync(ForeignToken token, CancellationToken cancellationToken)
    {
        if (Complaint(token) is { } complaint) return Refuse(complaint);
        if (await keys.FindAsync(token.KeyId, cancellationToken) is not { } key) return Refuse("its key is not known");
        return key.Verifies(token.Signed, token.Signature) ? token.Claims : Refuse("its signature is wrong");
    }

    /// <summary>What can be seen without the key is looked at first, so that nothing is fetched for what is refused anyway.</summary>
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
