using Nakama.Server.Errors;

namespace Nakama.Server.Authentication;

internal static class SocialErrors
{
    public static ApiException AppleTokenRequired => Invalid("Apple ID token is required.");

    public static ApiException FacebookTokenRequired => Invalid("Facebook access token is required.");

    public static ApiException PlayerInfoRequired => Invalid("Signed Player Info for a Facebook Instant Game is required.");

    public static ApiException GoogleTokenRequired => Invalid("Google access token is required.");

    public static ApiException SteamTokenRequired => Invalid("Steam access token is required.");

    public static ApiException GameCenterRequired => Invalid("GameCenter access credentials are required.");

    public static ApiException GameCenterBundleRequired => Invalid("GameCenter bundle ID is required.");

    public static ApiException GameCenterPlayerRequired => Invalid("GameCenter player ID is required.");

    public static ApiException GameCenterUrlRequired => Invalid("GameCenter public key URL is required.");

    public static ApiException GameCenterSaltRequired => Invalid("GameCenter salt is required.");

    public static ApiException GameCenterSignatureRequired => Invalid("GameCenter signature is required.");

    public static ApiException GameCenterTimestampRequired => Invalid("GameCenter timestamp is required.");

    public static ApiException ImportTokenRequired(SocialIdentity identity) => Invalid($"{identity.Name} token is required.");

    public static ApiException NotConfigured(SocialIdentity identity) =>
        new(StatusCode.FailedPrecondition, $"{identity.Name} authentication is not configured.");

    public static ApiException Refused(SocialIdentity identity) =>
        new(StatusCode.Unauthenticated, $"Could not authenticate {identity.Name} profile.");

    /// <summary>For sign-in, the reference server has a different error for Instant Games than for the other providers.</summary>
    public static ApiException InstantGameRefused =>
        new(StatusCode.DataLoss, "Error extracting the Facebook Instant Game player ID or validating the signature");

    public static ApiException EmailFailed(SocialIdentity identity) => new(
        StatusCode.Internal, $"Error importing {identity.Name.ToLowerInvariant()} account email.");

    public static ApiException InUse(SocialIdentity identity) => new(StatusCode.AlreadyExists, $"{identity.IdName} is already in use.");

    public static ApiException LinkFailed(SocialIdentity identity) => new(StatusCode.Internal, $"Error while trying to link {identity.IdName}.");

    public static ApiException UnlinkFailed(SocialIdentity identity) => new(StatusCode.Internal, $"Error while trying to unlink {identity.IdName}.");

    public static ApiException ImportFailed(SocialIdentity identity) => new(StatusCode.Internal, $"Error importing {identity.Name} friends.");

    private static ApiException Invalid(string message) => new(StatusCode.InvalidArgument, message);
}
