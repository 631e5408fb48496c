using Nakama.Server.Errors;
using Nakama.Server.Identity;

namespace Nakama.Server.Authentication;

/// <summary>Finds or creates the account of a player with credentials that a provider has issued.</summary>
/// <remarks>
/// All methods throw an <see cref="ApiException"/> for invalid credentials, a banned user, and a name that is taken.
/// </remarks>
internal sealed class SocialSignIn(SocialProviders providers, SocialAccounts accounts, SocialFriends friends)
{
    public async ValueTask<SignedInUser> WithAppleAsync(string token, string username, bool mayCreate, CancellationToken cancellationToken)
    {
        RequireApple();
        var profile = await providers.Apple.VerifyAsync(token, cancellationToken);
        return await FindAsync(SocialIdentity.Apple, profile, username, mayCreate, cancellationToken);
    }

    /// <summary>With <paramref name="withFriends"/> the player's friends that have an account here are imported too.</summary>
    public async ValueTask<SignedInUser> WithFacebookAsync(
        string token, string username, bool mayCreate, bool withFriends, CancellationToken cancellationToken)
    {
        var profile = await providers.Facebook.VerifyAsync(token, cancellationToken);
        var user = await FindAsync(SocialIdentity.Facebook, profile, username, mayCreate, cancellationToken);
        if (withFriends) await friends.TryImportFacebookAsync(user.Id, user.Username, profile!, token, cancellationToken);
        return user;
    }

    public async ValueTask<SignedInUser> WithInstantGameAsync(
        string playerInfo, string username, bool mayCreate, CancellationToken cancellationToken)
    {
        var profile = providers.InstantGames.Verify(playerInfo) ?? throw SocialErrors.InstantGameRefused;
        return await FindAsync(SocialIdentity.FacebookInstantGame, profile, username, mayCreate, cancellationToken);
    }

    public async ValueTask<SignedInUser> WithGameCenterAsync(
        GameCenterClaim claim, string username, bool mayCreate, CancellationToken cancellationToken)
    {
        var profile = await providers.GameCenter.VerifyAsync(claim, cancellationToken);
        return await FindAsync(SocialIdentity.GameCenter, profile, username, mayCreate, cancellationToken);
    }

    public async ValueTask<SignedInUser> WithGoogleAsync(string token, string username, bool mayCreate, CancellationToken cancellationToken)
    {
        var profile = await providers.Google.VerifyAsync(token, cancellationToken);
        return await FindAsync(SocialIdentity.Google, profile, username, mayCreate, cancellationToken);
    }

    /// <inheritdoc cref="WithFacebookAsync"/>
    public async ValueTask<SignedInUser> WithSteamAsync(
        string ticket, string username, bool mayCreate, bool withFriends, CancellationToken cancellationToken)
    {
        RequireSteam();
        var profile = await providers.Steam.VerifyAsync(ticket, cancellationToken);
        var user = await FindAsync(SocialIdentity.Steam, profile, username, mayCreate, cancellationToken);
        if (withFriends) await friends.TryImportSteamAsync(user.Id, user.Username, profile!, cancellationToken);
        return user;
    }

    /// <exception cref="ApiException">The ids of the game's Apple apps are not configured.</exception>
    public void RequireApple()
    {
        if (!providers.Apple.IsConfigured) throw SocialErrors.NotConfigured(SocialIdentity.Apple);
    }

    /// <exception cref="ApiException">The game's Steam app is not configured.</exception>
    public void RequireSteam()
    {
        if (!providers.Steam.IsConfigured) throw SocialErrors.NotConfigured(SocialIdentity.Steam);
    }

    private ValueTask<SignedInUser> FindAsync(
        SocialIdentity identity, SocialProfile? profile, string username, bool mayCreate, CancellationToken cancellationToken) =>
        accounts.FindOrCreateAsync(identity, profile ?? throw SocialErrors.Refused(identity), username, mayCreate, cancellationToken);
}
