using System.Text;
using Nakama.Server.Cluster;
using Nakama.Server.Security;

namespace Nakama.Server.Matches;

/// <summary>
/// Creates and reads match tokens. A token lets any holder join a match and is not bound to a player. A relayed match is
/// created when the first holder joins.
/// </summary>
public sealed class MatchTokens(SessionOptions options, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.EncryptionKey);

    /// <summary>A token for a new relayed match.</summary>
    public string Issue() => Issue(NodeBoundId.Format(Guid.NewGuid(), ""));

    /// <summary>A token for the match with this id.</summary>
    public string Issue(string matchId) =>
        Jwt.Sign(_key, (MatchId: matchId, Expiry: (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds()), static (json, claims) =>
        {
            json.WriteString("mid"u8, claims.MatchId);
            json.WriteNumber("exp"u8, claims.Expiry);
        });

    /// <summary>The match id; null when the token has an invalid signature, has expired, or contains no match id.</summary>
    public string? Read(string token)
    {
        if (JwtClaims.Open(_key, token, time.GetUtcNow().ToUnixTimeSeconds()) is not { } claims) return null;
        var id = claims.Text("mid");
        return NodeBoundId.TryParse(id, out _, out _) ? id : null;
    }
}
