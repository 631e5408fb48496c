using System.Security.Cryptography;
using System.Text;
using Nakama.Server.Security;

namespace Nakama.Server.Identity;

/// <summary>Signed player infos of Facebook Instant Games: <c>signature.payload</c>, with the app's secret as the key.</summary>
internal sealed class InstantGamePlayers(SocialOptions options, TimeProvider time, ILogger<InstantGamePlayers> log)
{
    private const string Provider = "Facebook Instant Games";

    private readonly SocialFacebookInstantGameOptions _options = options.FacebookInstantGame;
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(options.FacebookInstantGame.AppSecret);

    /// <summary>The profile of the signed text; null when it is invalid.</summary>
    public SocialProfile? Verify(string signedPlayerInfo)
    {
        // With an empty secret anyone could sign.
        if (_secret.Length == 0) return Refuse("social.facebook_instant_game.app_secret is not set");
        var dot = signedPlayerInfo.IndexOf('.', StringComparison.Ordinal);
        if (signedPlayerInfo.Length > ForeignToken.MaxLength || dot <= 0) return Refuse("it has another form");
        var payload = signedPlayerInfo.AsSpan(dot + 1).TrimEnd('=');
        if (ForeignToken.Decode(signedPlayerInfo.AsSpan(0, dot).TrimEnd('=')) is not { } signature || ForeignToken.Json(payload) is not { } info)
            return Refuse("it has another form");
        if (info.Text("algorithm").ToUpperInvariant() is not ("HMAC-SHA256" or "HS256")) return Refuse("its algorithm is not known");

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, Encoding.ASCII.GetBytes(signedPlayerInfo, dot + 1, signedPlayerInfo.Length - dot - 1), expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, signature)) return Refuse("its signature is wrong");

        if (_options.MaxAgeSec > 0)
        {
            var age = info.TryGetProperty("issued_at"u8, out var issued) && issued.TryGetInt64(out var seconds)
                ? Math.Abs((double)time.GetUtcNow().ToUnixTimeSeconds() - seconds)
                : double.MaxValue;
            if (age > _options.MaxAgeSec) return Refuse("it is too old");
        }

        return info.Text("player_id") is { Length: > 0 } id ? new SocialProfile(id) : Refuse("it names no one");
    }

    private SocialProfile? Refuse(string reason)
    {
        SocialLog.Refused(log, Provider, reason);
        return null;
    }
}
