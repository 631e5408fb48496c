namespace Nakama.Server.Social;

/// <summary>What a client of Game Center shows: who it says it is, and Apple's signature of that.</summary>
/// <param name="PlayerId">The player's id.</param>
/// <param name="BundleId">The game's id.</param>
/// <param name="Timestamp">When it was signed, as the device gave it: milliseconds since the epoch.</param>
/// <param name="Salt">Random bytes in base64.</param>
/// <param name="Signature">The signature in base64.</param>
/// <param name="PublicKeyUrl">Where Apple's certificate is.</param>
public sealed record GameCenterClaim(
    string PlayerId, string BundleId, long Timestamp, string Salt, string Signature, string PublicKeyUrl);
