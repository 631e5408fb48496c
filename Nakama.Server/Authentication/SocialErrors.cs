using Nakama.Server.Errors;

namespace Nakama.Server.Authentication;

internal static class SocialErrors
{
    public static ApiError AppleTokenRequired => Invalid("Apple ID token is required.");

    public static ApiError FacebookTokenRequired => Invalid("Facebook access token is required.");

    public static ApiError PlayerInfoRequired => Invalid("Signed Player Info for a Facebook Instant Game is required.");

    public static ApiError GoogleTokenRequired => Invalid("Google access token is required.");

    public static ApiError SteamTokenRequired => Invalid("Steam access token is required.");

    public static ApiError GameCenterRequired => Invalid("GameCenter access credentials are required.");

    public static ApiError GameCenterBundleRequired => Invalid("GameCenter bundle ID is required.");

    public static ApiError GameCenterPlayerRequired => Invalid("GameCenter player ID is required.");

    public static ApiError GameCenterUrlRequired => Invalid("GameCenter public key URL is required.");

    public static ApiError GameCenterSaltRequired => Invalid("GameCenter salt is required.");

    public static ApiError GameCenterSignatureRequired => Invalid("GameCenter signature is required.");

    public static ApiError GameCenterTimestampRequired => Invalid("GameCenter timestamp is required.");

    public static ApiError ImportTokenRequired(SocialIdentity identity) => Invalid($"{identity.Name} token is required.");

    public static ApiError NotConfigured(SocialIdentity identity) =>
        new(StatusCode.FailedPrecondition, $"{identity.Name} authentication is not configured.");

    public static ApiError Refused(SocialIdentity identity) =>
        new(StatusCode.Unauthenticated, $"Could not authenticate {identity.Name} profile.");

    /// <summary>Signing in, the reference server has another refusal for Instant Games than for everything else.</summary>
    public static ApiError InstantGameRefused =>
        new(StatusCode.DataLoss, "Error extracting the Facebook Instant Game player ID or validating the signature");

    public static ApiError EmailFailed(SocialIdentity identity) => new(
        StatusCode.Internal, $"Error importing {identity.Name.ToLowerInvariant()} account email.");

    public static ApiError InUse(SocialIdentity identity) => new(StatusCode.AlreadyExists, $"{identity.IdName} is already in use.");

    public static ApiError LinkFailed(SocialIdentity identity) => new(StatusCode.Internal, $"Error while trying to link {identity.IdName}.");

    public static ApiError UnlinkFailed(SocialIdentity identity) => new(StatusCode.Internal, $"Error while trying to unlink {identity.IdName}.");

    public static ApiError ImportFailed(SocialIdentity identity) => new(StatusCode.Internal, $"Error importing {identity.Name} friends.");

    private static ApiError Invalid(string message) => new(StatusCode.InvalidArgument, message);
}
