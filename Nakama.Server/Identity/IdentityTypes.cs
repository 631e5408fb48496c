using System.Security.Cryptography;

namespace Nakama.Server.Identity;

/// <summary>What a client of Game Center shows: who it says it is, and Apple's signature of that.</summary>
/// <param name="PlayerId">The player's id.</param>
/// <param name="BundleId">The game's id.</param>
/// <param name="Timestamp">When it was signed, as the device gave it: milliseconds since the epoch.</param>
/// <param name="Salt">Random bytes in base64.</param>
/// <param name="Signature">The signature in base64.</param>
/// <param name="PublicKeyUrl">Where Apple's certificate is.</param>
public sealed record GameCenterClaim(
    string PlayerId, string BundleId, long Timestamp, string Salt, string Signature, string PublicKeyUrl);

/// <summary>A public RSA key that someone publishes, good until a time.</summary>
internal sealed record SigningKey(RSAParameters Parameters, DateTimeOffset NotAfter)
{
    private const int MinModulusBytes = 2048 / 8;

    /// <summary>Shorter keys are within reach of those who break them.</summary>
    public bool IsStrong => Parameters.Modulus?.Length >= MinModulusBytes;

    /// <summary>Checks a signature of RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    public bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        // A key object is not made for several threads, and making one costs little.
        using var rsa = RSA.Create(Parameters);
        return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}

/// <summary>Everyone who vouches for players.</summary>
internal sealed record SocialProviders(
    AppleTokens Apple, FacebookTokens Facebook, InstantGamePlayers InstantGames, GameCenterPlayers GameCenter, GoogleTokens Google,
    SteamTickets Steam);
