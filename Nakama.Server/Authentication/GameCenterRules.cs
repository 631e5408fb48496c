using Nakama.Protocol.Api;
using Nakama.Server.Identity;

namespace Nakama.Server.Authentication;

/// <summary>Validates that Game Center's six values are present. The order decides which error clients get.</summary>
internal static class GameCenterRules
{
    public static GameCenterClaim Require(AccountGameCenter account)
    {
        if (account.BundleId.Length == 0) throw SocialErrors.GameCenterBundleRequired;
        if (account.PlayerId.Length == 0) throw SocialErrors.GameCenterPlayerRequired;
        if (account.PublicKeyUrl.Length == 0) throw SocialErrors.GameCenterUrlRequired;
        if (account.Salt.Length == 0) throw SocialErrors.GameCenterSaltRequired;
        if (account.Signature.Length == 0) throw SocialErrors.GameCenterSignatureRequired;
        if (account.TimestampSeconds == 0) throw SocialErrors.GameCenterTimestampRequired;
        return Claim(account);
    }

    /// <summary>Null when a value is missing: then there is no claim.</summary>
    public static GameCenterClaim? Whole(AccountGameCenter account) =>
        account is { BundleId.Length: > 0, PlayerId.Length: > 0, PublicKeyUrl.Length: > 0, Salt.Length: > 0, Signature.Length: > 0, TimestampSeconds: not 0 }
            ? Claim(account)
            : null;

    private static GameCenterClaim Claim(AccountGameCenter account) => new(
        account.PlayerId, account.BundleId, account.TimestampSeconds, account.Salt, account.Signature, account.PublicKeyUrl);
}
