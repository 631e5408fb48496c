using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// Issues and checks the tokens of operators. Each has a purpose and is invalid for any other, and none
/// lives longer than the settings allow. Logouts, and users whose rights changed, are kept in memory and
/// in the database until the tokens expire.
/// </summary>
public sealed class ConsoleTokens(ConsoleOptions options, RevocationStore store, TimeProvider time)
{
    private const string PurposeClaim = "use";

    /// <summary>The start of the sign-in of a token, in milliseconds: a revocation since then makes the token invalid.</summary>
    private const string BeganClaim = "ims";

    private const int SweepAt = 1024;
    private const int MsPerSec = 1000;

    /// <summary>The maximum clock difference between two nodes.</summary>
    private const int ClockSkewSec = 60;

    private static readonly RevocationKind[] Kinds = [RevocationKind.OperatorToken, RevocationKind.Operator];

    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.SigningKey);
    private readonly ConcurrentDictionary<string, long> _loggedOut = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, long> _invalidUntil = new();

    /// <summary>Raised for a revocation on this node: user, kind, fingerprint of the token, second.</summary>
    internal event Action<Guid, RevocationKind, string, long>? Revoked;

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Issues the token of an operator that signed in.</summary>
    /// <param name="began">
    /// A time before the operator's rights were read, so that a concurrent change revokes the token as it does older ones.
    /// </param>
    public string Issue(Guid id, string username, string email, ConsoleAcl acl, DateTimeOffset began) =>
        Sign(ConsolePurpose.Session, (id, username, email, acl, Began: began.ToUnixTimeMilliseconds(), Expiry: Now + options.TokenExpirySec), static (json, claims) =>
        {
            json.WriteString("id", claims.id);
            json.WriteString("usn", claims.username);
            if (claims.email.Length > 0) json.WriteString("ema", claims.email);
            json.WriteString("acl", claims.acl.ToBitmap());
            json.WriteNumber(BeganClaim, claims.Began);
            json.WriteNumber("exp", claims.Expiry);
        });

    /// <summary>Issues the token with which an operator sets a password, valid once and until the row changes.</summary>
    /// <param name="user">The operator.</param>
    /// <param name="email">The address that the token contains.</param>
    /// <param name="issued">The second of the row that the token belongs to.</param>
    internal string IssueReset(OperatorRow user, string email, DateTimeOffset issued) =>
        Sign(ConsolePurpose.PasswordReset, (user, email, Issued: issued.ToUnixTimeSeconds(), options.TokenExpirySec), static (json, claims) =>
        {
            json.WriteString("uid", claims.user.Id);
            json.WriteString("usn", claims.user.Username);
            json.WriteString("ema", claims.email);
            json.WriteNumber("iat", claims.Issued);
            json.WriteNumber("exp", claims.Issued + claims.TokenExpirySec);
        });

    /// <summary>Null when the token is invalid, has expired, or was revoked.</summary>
    public ConsoleOperator? Check(string token)
    {
        if (Open(ConsolePurpose.Session, token) is not { } claims || !Guid.TryParse(claims.Text("id"), out var id)) return null;
        var expiry = claims.GetProperty("exp").GetInt64();
        if (_loggedOut.ContainsKey(Fingerprint(token))) return null;
        if (_invalidUntil.TryGetValue(id, out var mark) && BeganAt(claims, expiry) <= mark) return null;
        return new ConsoleOperator(id, claims.Text("usn"), claims.Text("ema"), ConsoleAcl.FromBitmap(claims.Text("acl")), expiry);
    }

    /// <summary>Revokes a token. Texts that are not valid tokens are ignored.</summary>
    public async ValueTask LogOutAsync(string token, CancellationToken cancellationToken)
    {
        if (Check(token) is not { } holder) return;
        if (_loggedOut.Count >= SweepAt) Sweep();
        var fingerprint = Fingerprint(token);
        _loggedOut[fingerprint] = holder.Expiry;
        Revoked?.Invoke(holder.Id ?? Guid.Empty, RevocationKind.OperatorToken, fingerprint, holder.Expiry);
        await store.SaveAsync([holder.Id ?? Guid.Empty], RevocationKind.OperatorToken, fingerprint, holder.Expiry, cancellationToken);
    }

    /// <summary>Revokes all current tokens of a user, and those of sign-ins in progress.</summary>
    public ValueTask InvalidateAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        _invalidUntil[id] = now.ToUnixTimeMilliseconds();
        Revoked?.Invoke(id, RevocationKind.Operator, "", now.ToUnixTimeSeconds());
        return store.SaveAsync([id], RevocationKind.Operator, "", now.ToUnixTimeSeconds(), cancellationToken);
    }

    /// <summary>Loads what was revoked before this node started.</summary>
    internal Task LoadAsync(CancellationToken cancellationToken) => store.ReadAsync(Kinds, Restore, cancellationToken);

    /// <summary>Signs a token for one purpose; the claims must have an <c>exp</c> no later than the settings allow.</summary>
    internal string Sign<TClaims>(ConsolePurpose purpose, TClaims claims, ClaimsWriter<TClaims> write) =>
        Jwt.Sign(_key, (purpose, claims, write), static (json, state) =>
        {
            json.WriteString(PurposeClaim, Name(state.purpose));
            state.write(json, state.claims);
        });

    /// <summary>The claims of such a token; null when it is invalid, has expired, or has another purpose.</summary>
    internal JsonElement? Open(ConsolePurpose purpose, string text) =>
        JwtClaims.Open(_key, text, Now) is { } claims
        && claims.Text(PurposeClaim) == Name(purpose)
        && claims.GetProperty("exp").GetInt64() - Now <= options.TokenExpirySec + ClockSkewSec
            ? claims
            : null;

    private static string Name(ConsolePurpose purpose) => purpose switch
    {
        ConsolePurpose.Session => "session",
        ConsolePurpose.MfaEnrollment => "mfa",
        ConsolePurpose.PasswordReset => "reset",
        ConsolePurpose.OidcCode => "oidc",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    /// <summary>Applies a revocation that was made earlier or on another node.</summary>
    internal void Restore(Guid id, RevocationKind kind, string fingerprint, long second)
    {
        // The table stores whole seconds; all tokens of that second are revoked.
        if (kind == RevocationKind.Operator) _invalidUntil[id] = second * MsPerSec + MsPerSec - 1;
        else _loggedOut[fingerprint] = second;
    }

    private long BeganAt(JsonElement claims, long expiry) =>
        claims.TryGetProperty(BeganClaim, out var began) && began.TryGetInt64(out var ms) ? ms : (expiry - options.TokenExpirySec) * MsPerSec;

    private static string Fingerprint(string token) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private void Sweep()
    {
        var now = Now;
        foreach (var (token, expiry) in _loggedOut)
        {
            if (expiry <= now) _loggedOut.TryRemove(token, out _);
        }
    }
}
