using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// Makes and checks the tokens of operators. Each says what it is for and is worth nothing for anything else, and none
/// lives longer than the settings say. What was logged out, and users whose rights changed, are remembered in memory and
/// in the database until the tokens end by themselves.
/// </summary>
public sealed class ConsoleTokens(ConsoleOptions options, RevocationStore store, TimeProvider time)
{
    private const string PurposeClaim = "use";

    /// <summary>When the sign-in behind a token began, in milliseconds: what was revoked since then ends the token.</summary>
    private const string BeganClaim = "ims";

    private const int SweepAt = 1024;
    private const int MsPerSec = 1000;

    /// <summary>How far the clocks of two nodes may be apart.</summary>
    private const int ClockSkewSec = 60;

    private static readonly RevocationKind[] Kinds = [RevocationKind.OperatorToken, RevocationKind.Operator];

    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.SigningKey);
    private readonly ConcurrentDictionary<string, long> _loggedOut = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, long> _invalidUntil = new();

    /// <summary>Something was revoked through this node: user, kind, fingerprint of the token, second.</summary>
    internal event Action<Guid, RevocationKind, string, long>? Revoked;

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Makes the token of an operator who signed in.</summary>
    /// <param name="began">
    /// A time before the operator's rights were read, so that a change made meanwhile ends the token as it ends older ones.
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

    /// <summary>Makes the text with which an operator chooses a password, once and until the row changes.</summary>
    /// <param name="user">Whose password.</param>
    /// <param name="email">The address that the text names.</param>
    /// <param name="issued">The second of the row that the text belongs to.</param>
    internal string IssueReset(OperatorRow user, string email, DateTimeOffset issued) =>
        Sign(ConsolePurpose.PasswordReset, (user, email, Issued: issued.ToUnixTimeSeconds(), options.TokenExpirySec), static (json, claims) =>
        {
            json.WriteString("uid", claims.user.Id);
            json.WriteString("usn", claims.user.Username);
            json.WriteString("ema", claims.email);
            json.WriteNumber("iat", claims.Issued);
            json.WriteNumber("exp", claims.Issued + claims.TokenExpirySec);
        });

    /// <summary>Null when the token is not genuine, has ended, or was logged out.</summary>
    public ConsoleOperator? Check(string token)
    {
        if (Open(ConsolePurpose.Session, token) is not { } claims || !Guid.TryParse(claims.Text("id"), out var id)) return null;
        var expiry = claims.GetProperty("exp").GetInt64();
        if (_loggedOut.ContainsKey(Fingerprint(token))) return null;
        if (_invalidUntil.TryGetValue(id, out var mark) && BeganAt(claims, expiry) <= mark) return null;
        return new ConsoleOperator(id, claims.Text("usn"), claims.Text("ema"), ConsoleAcl.FromBitmap(claims.Text("acl")), expiry);
    }

    /// <summary>Ends a token early. Texts that are no token of ours are ignored.</summary>
    public async ValueTask LogOutAsync(string token, CancellationToken cancellationToken)
    {
        if (Check(token) is not { } holder) return;
        if (_loggedOut.Count >= SweepAt) Sweep();
        var fingerprint = Fingerprint(token);
        _loggedOut[fingerprint] = holder.Expiry;
        Revoked?.Invoke(holder.Id ?? Guid.Empty, RevocationKind.OperatorToken, fingerprint, holder.Expiry);
        await store.SaveAsync([holder.Id ?? Guid.Empty], RevocationKind.OperatorToken, fingerprint, holder.Expiry, cancellationToken);
    }

    /// <summary>Ends all tokens that a user holds by now, and those of sign-ins that are under way.</summary>
    public ValueTask InvalidateAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        _invalidUntil[id] = now.ToUnixTimeMilliseconds();
        Revoked?.Invoke(id, RevocationKind.Operator, "", now.ToUnixTimeSeconds());
        return store.SaveAsync([id], RevocationKind.Operator, "", now.ToUnixTimeSeconds(), cancellationToken);
    }

    /// <summary>Takes over what was revoked before this node started.</summary>
    internal Task LoadAsync(CancellationToken cancellationToken) => store.ReadAsync(Kinds, Restore, cancellationToken);

    /// <summary>Signs a text for one purpose; the claims must have an <c>exp</c> no later than the settings allow.</summary>
    internal string Sign<TClaims>(ConsolePurpose purpose, TClaims claims, ClaimsWriter<TClaims> write) =>
        Jwt.Sign(_key, (purpose, claims, write), static (json, state) =>
        {
            json.WriteString(PurposeClaim, Name(state.purpose));
            state.write(json, state.claims);
        });

    /// <summary>The claims of such a text; null when it is not genuine, has ended, or is for something else.</summary>
    internal JsonElement? Open(ConsolePurpose purpose, string text) =>
        JwtClaims.Open(_key, text, Now) is { } claims
        && claims.Text(PurposeClaim) == Name(purpose)
        && claims.GetProperty("exp").GetInt64() - Now <= options.TokenExpirySec + ClockSkewSec
            ? claims
            : null;

    private static string Name(ConsolePurpose purpose) => purpose switch
    {
        ConsolePurpose.Session => "session",
        ConsolePurpose.SecondStepSetup => "mfa",
        ConsolePurpose.PasswordReset => "reset",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };

    /// <summary>Takes over what was revoked at another time or through another node.</summary>
    internal void Restore(Guid id, RevocationKind kind, string fingerprint, long second)
    {
        // The table knows whole seconds; all of that second goes.
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
