using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi;

/// <summary>
/// Makes and checks the tokens of operators. Tokens carry all they say; what was logged out, and users whose rights
/// changed, are remembered in the memory of this node until the tokens end by themselves.
/// </summary>
public sealed class ConsoleTokens(ConsoleOptions options, TimeProvider time)
{
    private const int SweepAt = 1024;

    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.SigningKey);
    private readonly ConcurrentDictionary<string, long> _loggedOut = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, long> _invalidBefore = new();

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    public string Issue(Guid id, string username, string email, ConsoleAcl acl) =>
        Sign((id, username, email, acl, Expiry: Now + options.TokenExpirySec), static (json, claims) =>
        {
            json.WriteString("id", claims.id);
            json.WriteString("usn", claims.username);
            if (claims.email.Length > 0) json.WriteString("ema", claims.email);
            json.WriteString("acl", claims.acl.ToBitmap());
            json.WriteNumber("exp", claims.Expiry);
        });

    /// <summary>Null when the token is not genuine, has ended, or was logged out.</summary>
    public ConsoleOperator? Check(string token)
    {
        if (JwtClaims.Open(_key, token, Now) is not { } claims || !Guid.TryParse(claims.Text("id"), out var id)) return null;
        var expiry = claims.GetProperty("exp").GetInt64();
        if (_loggedOut.ContainsKey(Fingerprint(token))) return null;
        if (_invalidBefore.TryGetValue(id, out var mark) && expiry - options.TokenExpirySec < mark) return null;
        return new ConsoleOperator(id, claims.Text("usn"), claims.Text("ema"), ConsoleAcl.FromBitmap(claims.Text("acl")), expiry);
    }

    /// <summary>Ends a token early. Texts that are no token of ours are ignored.</summary>
    public void LogOut(string token)
    {
        if (Check(token) is not { } holder) return;
        if (_loggedOut.Count >= SweepAt) Sweep();
        _loggedOut[Fingerprint(token)] = holder.Expiry;
    }

    /// <summary>Ends all tokens that a user holds by now.</summary>
    public void Invalidate(Guid id) => _invalidBefore[id] = Now;

    /// <summary>Signs other texts of the console: invitations, resets, second step setups.</summary>
    internal string Sign<TClaims>(TClaims claims, ClaimsWriter<TClaims> write) => Jwt.Sign(_key, claims, write);

    /// <summary>The claims of such a text; null when it is not genuine or has ended.</summary>
    internal JsonElement? Open(string text) => JwtClaims.Open(_key, text, Now);

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
