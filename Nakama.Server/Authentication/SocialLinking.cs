using Nakama.Server.Errors;
using Nakama.Server.Identity;

namespace Nakama.Server.Authentication;

/// <summary>Links accounts with the credentials that providers issue to players, and unlinks them.</summary>
/// <remarks>
/// All methods throw an <see cref="ApiException"/> for credentials that are invalid or belong to another account. Unlinking
/// needs no credentials; if given, they must be the account's own.
/// </remarks>
internal sealed class SocialLinking(SocialProviders providers, SocialLinks links, SocialFriends friends)
{
    public async ValueTask LinkAppleAsync(Guid userId, string token, CancellationToken cancellationToken)
    {
        RequireApple();
        await LinkAsync(SocialIdentity.Apple, userId, await providers.Apple.VerifyAsync(token, cancellationToken), cancellationToken);
    }

    /// <summary>With <paramref name="withFriends"/> the player's friends that have an account here are imported too.</summary>
    public async ValueTask LinkFacebookAsync(Guid userId, string username, string token, bool withFriends, CancellationToken cancellationToken)
    {
        var profile = await providers.Facebook.VerifyAsync(token, cancellationToken);
        await LinkAsync(SocialIdentity.Facebook, userId, profile, cancellationToken);
        if (withFriends) await friends.TryImportFacebookAsync(userId, username, profile!, token, cancellationToken);
    }

    public ValueTask LinkInstantGameAsync(Guid userId, string playerInfo, CancellationToken cancellationToken) =>
        LinkAsync(SocialIdentity.FacebookInstantGame, userId, providers.InstantGames.Verify(playerInfo), cancellationToken);

    public async ValueTask LinkGameCenterAsync(Guid userId, GameCenterClaim claim, CancellationToken cancellationToken) =>
        await LinkAsync(SocialIdentity.GameCenter, userId, await providers.GameCenter.VerifyAsync(claim, cancellationToken), cancellationToken);

    public async ValueTask LinkGoogleAsync(Guid userId, string token, CancellationToken cancellationToken) =>
        await LinkAsync(SocialIdentity.Google, userId, await providers.Google.VerifyAsync(token, cancellationToken), cancellationToken);

    /// <inheritdoc cref="LinkFacebookAsync"/>
    public async ValueTask LinkSteamAsync(Guid userId, string username, string ticket, bool withFriends, CancellationToken cancellationToken)
    {
        if (!providers.Steam.IsConfigured) throw SocialErrors.NotConfigured(SocialIdentity.Steam);
        var profile = await providers.Steam.VerifyAsync(ticket, cancellationToken);
        await LinkAsync(SocialIdentity.Steam, userId, profile, cancellationToken);
        if (withFriends) await friends.TryImportSteamAsync(userId, username, profile!, cancellationToken);
    }

    public ValueTask UnlinkAppleAsync(Guid userId, string token, CancellationToken cancellationToken) =>
        UnlinkAsync(SocialIdentity.Apple, userId, token, providers.Apple.VerifyAsync, cancellationToken);

    public ValueTask UnlinkFacebookAsync(Guid userId, string token, CancellationToken cancellationToken) =>
        UnlinkAsync(SocialIdentity.Facebook, userId, token, providers.Facebook.VerifyAsync, cancellationToken);

    public ValueTask UnlinkInstantGameAsync(Guid userId, string playerInfo, CancellationToken cancellationToken) =>
        UnlinkAsync(SocialIdentity.FacebookInstantGame, userId, playerInfo, (info, _) => new(providers.InstantGames.Verify(info)), cancellationToken);

    /// <summary>A null <paramref name="claim"/> means that no credentials are given.</summary>
    public async ValueTask UnlinkGameCenterAsync(Guid userId, GameCenterClaim? claim, CancellationToken cancellationToken)
    {
        var profile = claim is null
            ? null
            : await providers.GameCenter.VerifyAsync(claim, cancellationToken) ?? throw SocialErrors.Refused(SocialIdentity.GameCenter);
        await links.UnlinkAsync(SocialIdentity.GameCenter, userId, profile, cancellationToken);
    }

    public ValueTask UnlinkGoogleAsync(Guid userId, string token, CancellationToken cancellationToken) =>
        UnlinkAsync(SocialIdentity.Google, userId, token, providers.Google.VerifyAsync, cancellationToken);

    public ValueTask UnlinkSteamAsync(Guid userId, string ticket, CancellationToken cancellationToken) =>
        UnlinkAsync(SocialIdentity.Steam, userId, ticket, providers.Steam.VerifyAsync, cancellationToken);

    /// <exception cref="ApiException">The ids of the game's Apple apps are not configured.</exception>
    public void RequireApple()
    {
        if (!providers.Apple.IsConfigured) throw SocialErrors.NotConfigured(SocialIdentity.Apple);
    }

    private async ValueTask LinkAsync(SocialIdentity identity, Guid userId, SocialProfile? profile, CancellationToken cancellationToken) =>
        await links.LinkAsync(identity, userId, profile ?? throw SocialErrors.Refused(identity), cancellationToken);

    private async ValueTask UnlinkAsync(
        SocialIdentity identity, Guid userId, string credential, Func<string, CancellationToken, ValueTask<SocialProfile?>> verify,
        CancellationToken cancellationToken)
    {
        var profile = credential.Length == 0
            ? null
            : await verify(credential, cancellationToken) ?? throw SocialErrors.Refused(identity);
        await links.UnlinkAsync(identity, userId, profile, cancellationToken);
    }
}
