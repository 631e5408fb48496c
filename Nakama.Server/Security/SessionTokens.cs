using System.Text;

namespace Nakama.Server.Security;

/// <summary>
/// Issues and reads session and refresh tokens. They differ only in key and lifetime. Reading checks form, signature and
/// expiry, without leeway; revocations are checked by <see cref="RevocationCache"/>.
/// </summary>
public sealed class SessionTokens(SessionOptions options, TimeProvider time)
{
    private readonly byte[] _sessionKey = Encoding.UTF8.GetBytes(options.EncryptionKey);
    private readonly byte[] _refreshKey = Encoding.UTF8.GetBytes(options.RefreshEncryptionKey);

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Both tokens of a new login.</summary>
    public IssuedTokens Issue(Guid userId, string username, IReadOnlyDictionary<string, string> vars) =>
        Issue(new SessionToken
        {
            Id = Guid.NewGuid().ToString(),
            UserId = userId,
            Username = username,
            Vars = vars,
            Expiry = 0,
            IssuedAt = Now,
        }, isUnique: false);

    /// <summary>
    /// New tokens for an existing login: same id, same time of issue, new expiry. When all claims equal those of the previous
    /// tokens, as within one second, the new ones still differ from them.
    /// </summary>
    public IssuedTokens Refresh(SessionToken refresh, string username, IReadOnlyDictionary<string, string> vars) =>
        Issue(refresh with { Username = username, Vars = vars }, isUnique: true);

    /// <summary>One session token with arbitrary content, for game logic.</summary>
    public string Sign(SessionToken token) => Jwt.Sign(_sessionKey, token, SessionTokenClaims.Write);

    /// <summary>The claims of a session token; null when it is not one or has expired.</summary>
    public SessionToken? ReadSession(ReadOnlySpan<char> token) => Read(_sessionKey, token);

    /// <summary>The claims of a refresh token; null when it is not one or has expired.</summary>
    public SessionToken? ReadRefresh(ReadOnlySpan<char> token) => Read(_refreshKey, token);

    private IssuedTokens Issue(SessionToken login, bool isUnique)
    {
        var now = Now;
        var session = login with { Expiry = now + options.TokenExpirySec };
        var refresh = login with { Expiry = now + options.RefreshTokenExpirySec };
        return new(
            Jwt.Sign(_sessionKey, session, SessionTokenClaims.Write, isUnique),
            Jwt.Sign(_refreshKey, refresh, SessionTokenClaims.Write, isUnique),
            session);
    }

    private SessionToken? Read(byte[] key, ReadOnlySpan<char> text)
    {
        var token = Jwt.Open(key, text, SessionTokenClaims.Read);
        return token is not null && Now < token.Expiry ? token : null;
    }
}
