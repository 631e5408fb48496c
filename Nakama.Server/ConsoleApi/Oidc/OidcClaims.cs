using System.Text.Json;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi.Oidc;

/// <summary>Reads the claims of an ID token.</summary>
internal static class OidcClaims
{
    /// <summary>More roles of one operator are ignored.</summary>
    public const int MaxRoles = 256;

    private const int MaxNameLength = 128;
    private const string EmailClaim = "email";

    /// <summary>The claim's texts: of a text itself, of an array its texts, otherwise none.</summary>
    public static IReadOnlyList<string> Roles(JsonElement claims, string name)
    {
        // Anybody may have written an address that is not verified.
        if (name == EmailClaim) return VerifiedEmail(claims) is { } email ? [email] : [];
        if (Find(claims, name) is not { } claim) return [];
        return claim.ValueKind switch
        {
            JsonValueKind.String => [claim.GetString()!],
            JsonValueKind.Array => [.. claim.EnumerateArray().Where(static value => value.ValueKind == JsonValueKind.String).Take(MaxRoles).Select(static value => value.GetString()!)],
            _ => [],
        };
    }

    /// <summary>The address in lower case; null when the issuer does not say that it is verified.</summary>
    public static string? VerifiedEmail(JsonElement claims)
    {
        // Some issuers write the claim as text.
        var isVerified = claims.TryGetProperty("email_verified"u8, out var verified)
            && (verified.ValueKind == JsonValueKind.True || (verified.ValueKind == JsonValueKind.String && verified.GetString() == "true"));
        var email = claims.Text(EmailClaim).ToLowerInvariant();
        return isVerified && ConsoleUserRules.IsEmail(email) ? email : null;
    }

    /// <summary>The name that the person is known by at the issuer; empty when there is none.</summary>
    public static string Name(JsonElement claims)
    {
        foreach (var claim in (ReadOnlySpan<string>)["preferred_username", EmailClaim, "name"])
        {
            if (claims.Text(claim) is { Length: > 0 } name) return name.Length > MaxNameLength ? name[..MaxNameLength] : name;
        }

        return "";
    }

    /// <summary>A claim by its name, which may have dots itself, else by a path through objects.</summary>
    private static JsonElement? Find(JsonElement claims, string name)
    {
        if (claims.TryGetProperty(name, out var claim)) return claim;
        claim = claims;
        foreach (var part in name.Split('.'))
        {
            if (claim.ValueKind != JsonValueKind.Object || !claim.TryGetProperty(part, out claim)) return null;
        }

        return claim;
    }
}
