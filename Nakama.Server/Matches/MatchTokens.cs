using System.Text;
using Nakama.Server.Cluster;
using Nakama.Server.Security;

namespace Nakama.Server.Matches;

/// <summary>
/// Makes and reads the tokens that let whoever holds them into a match, without a player's name in them. A relayed match
/// begins with the first one who comes with its token.
/// </summary>
public sealed class MatchTokens(SessionOptions options, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.EncryptionKey);

    /// <summary>A token for a relayed match of its own.</summary>
    public string Issue() => Issue(NodeBoundId.Format(Guid.NewGuid(), ""));

    /// <summary>A token for the match with this id.</summary>
    public string Issue(string matchId) =>
        Jwt.Sign(_key, (MatchId: matchId, Expiry: (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds()), static (json, claims) =>
        {
            json.WriteString("mid"u8, claims.MatchId);
            json.WriteNumber("exp"u8, claims.Expiry);
        });

    /// <summary>The id of the match; null when the token is not one of ours, has expired, or names no match.</summary>
    public string? Read(string token)
    {
        if (JwtClaims.Open(_key, token, time.GetUtcNow().ToUnixTimeSeconds()) is not { } claims) return null;
        var id = claims.Text("mid");
        return NodeBoundId.TryParse(id, out _, out _) ? id : null;
    }
}
