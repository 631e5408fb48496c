using System.Security.Cryptography;

namespace Nakama.Server.Identity;

/// <summary>The credentials of a Game Center client: the claimed identity, and Apple's signature of it.</summary>
/// <param name="PlayerId">The player's id.</param>
/// <param name="BundleId">The game's id.</param>
/// <param name="Timestamp">The time of the signature, as sent by the device: milliseconds since the epoch.</param>
/// <param name="Salt">Random bytes in base64.</param>
/// <param name="Signature">The signature in base64.</param>
/// <param name="PublicKeyUrl">The URL of Apple's certificate.</param>
public sealed record GameCenterClaim(
    string PlayerId, string BundleId, long Timestamp, string Salt, string Signature, string PublicKeyUrl);

/// <summary>A published public RSA key, valid until a time.</summary>
internal sealed record SigningKey(RSAParameters Parameters, DateTimeOffset NotAfter)
{
    private const int MinModulusBytes = 2048 / 8;

    /// <summary>Shorter keys are considered breakable.</summary>
    public bool IsStrong => Parameters.Modulus?.Length >= MinModulusBytes;

    /// <summary>Checks a signature of RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    public bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        // RSA instances are not thread-safe, and creating one is cheap.
        using var rsa = RSA.Create(Parameters);
        return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}

/// <summary>All identity providers.</summary>
internal sealed record SocialProviders(
    AppleTokens Apple, FacebookTokens Facebook, InstantGamePlayers InstantGames, GameCenterPlayers GameCenter, GoogleTokens Google,
    SteamTickets Steam);
