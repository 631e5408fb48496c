using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Nakama.Server.Errors;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi.Oidc;

/// <summary>
/// Verifies ID tokens: signed with a key that the issuer publishes, for this client and the nonce of this sign-in, not
/// expired, and issued within the last minutes.
/// </summary>
internal sealed class OidcTokens(ConsoleOptions options, OidcIssuer issuer, TimeProvider time, ILogger<OidcTokens> log)
{
    /// <summary>Longer tokens are refused unread.</summary>
    public const int MaxLength = 16 * 1024;

    private const int MaxSubjectLength = 255;

    /// <summary>The maximum time between the issue of a token and its use. A used token is remembered for longer.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    /// <summary>The maximum time that the issuer's clock may be ahead of this node's.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Signatures with a public key only: the client's secret or no signature at all prove nothing here.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };
    private readonly OidcOptions _options = options.Oidc;

    /// <exception cref="ApiException">The token is invalid, or the issuer's keys cannot be read.</exception>
    public async ValueTask<OidcIdentity> VerifyAsync(string idToken, string nonce, CancellationToken cancellationToken)
    {
        if (idToken.Length is 0 or > MaxLength) throw Refuse("it is empty or too long");
        var metadata = await issuer.FindAsync(cancellationToken) ?? throw OidcErrors.IssuerAway;
        var result = await _handler.ValidateTokenAsync(idToken, Rules(metadata));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && await issuer.FindNewerAsync(metadata, cancellationToken) is { } newer)
            result = await _handler.ValidateTokenAsync(idToken, Rules(newer));

        if (result.Exception is SecurityTokenInvalidLifetimeException) throw Refuse("it has expired, or is not valid yet", OidcErrors.TokenExpired);
        // The texts of the library may have parts of the token.
        if (!result.IsValid) throw Refuse(result.Exception?.GetType().Name ?? "unknown");
        return Read(idToken, (JsonWebToken)result.SecurityToken, nonce);
    }

    private TokenValidationParameters Rules(OidcMetadata metadata) => new()
    {
        ValidIssuer = metadata.Issuer,
        ValidAudience = _options.ClientId,
        IssuerSigningKeys = metadata.Keys,
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsValidNow(notBefore, expires),
        TypeValidator = static (type, _, _) => CheckType(type),
        LogValidationExceptions = false,
    };

    private bool IsValidNow(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires > now && (notBefore is null || notBefore <= now + ClockSkew);
    }

    /// <summary>Tokens of other kinds, such as access tokens, say so here.</summary>
    private static string CheckType(string? type) =>
        string.IsNullOrEmpty(type) || type.Equals("JWT", StringComparison.OrdinalIgnoreCase) ? type ?? "" : throw new SecurityTokenInvalidTypeException();

    private OidcIdentity Read(string idToken, JsonWebToken token, string nonce)
    {
        var claims = Payload(token);
        var now = time.GetUtcNow();
        var issuedAt = new DateTimeOffset(token.IssuedAt, TimeSpan.Zero);
        if (issuedAt > now + ClockSkew) throw Refuse("it was issued in the future");
        if (issuedAt < now - MaxAge) throw Refuse("it was issued too long ago", OidcErrors.TokenExpired);
        if (!IsSame(claims.Text("nonce"), nonce)) throw Refuse("its nonce is not the one of this sign-in");
        // A token for several clients names the one that asked for it.
        var party = claims.Text("azp");
        if (party.Length == 0 ? token.Audiences.Count() > 1 : party != _options.ClientId) throw Refuse("another client asked for it");
        if (token.Subject is not { Length: > 0 and <= MaxSubjectLength } subject) throw Refuse("it has no subject");

        return new OidcIdentity(
            token.Issuer, subject, OidcClaims.VerifiedEmail(claims), OidcClaims.Name(claims), OidcClaims.Roles(claims, _options.RoleClaim),
            SHA256.HashData(Encoding.ASCII.GetBytes(idToken)));
    }

    private JsonElement Payload(JsonWebToken token)
    {
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload), Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw Refuse("its claims are malformed");
        }
    }

    private static bool IsSame(string claim, string nonce) =>
        nonce.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(claim), Encoding.UTF8.GetBytes(nonce));

    private ApiException Refuse(string reason, ApiException? error = null)
    {
        OidcLog.Refused(log, reason);
        return error ?? OidcErrors.TokenInvalid;
    }
}
