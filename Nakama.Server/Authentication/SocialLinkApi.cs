using Google.Protobuf.WellKnownTypes;
using Nakama.Server.Api;
using Nakama.Server.Social;
using Nakama.Server.Wire.Api;

namespace Nakama.Server.Authentication;

/// <summary>Adding to one's account what providers have given to its player, and removing it.</summary>
internal sealed class SocialLinkApi(SocialProviders providers, SocialLinks links, SocialFriends friends) : IApiFeature
{
    private static readonly Empty Done = new();

    public void Map(ApiMap api)
    {
        api.Map<AccountApple, Empty>("LinkApple", LinkAppleAsync);
        api.Map<LinkFacebookRequest, Empty>("LinkFacebook", LinkFacebookAsync);
        api.Map<AccountFacebookInstantGame, Empty>("LinkFacebookInstantGame", LinkInstantGameAsync);
        api.Map<AccountGameCenter, Empty>("LinkGameCenter", LinkGameCenterAsync);
        api.Map<AccountGoogle, Empty>("LinkGoogle", LinkGoogleAsync);
        api.Map<LinkSteamRequest, Empty>("LinkSteam", LinkSteamAsync);
        api.Map<AccountApple, Empty>("UnlinkApple", UnlinkAppleAsync);
        api.Map<AccountFacebook, Empty>("UnlinkFacebook", UnlinkFacebookAsync);
        api.Map<AccountFacebookInstantGame, Empty>("UnlinkFacebookInstantGame", UnlinkInstantGameAsync);
        api.Map<AccountGameCenter, Empty>("UnlinkGameCenter", UnlinkGameCenterAsync);
        api.Map<AccountGoogle, Empty>("UnlinkGoogle", UnlinkGoogleAsync);
        api.Map<AccountSteam, Empty>("UnlinkSteam", UnlinkSteamAsync);
    }

    private async ValueTask<Empty> LinkAppleAsync(ApiCall call, AccountApple request, CancellationToken cancellationToken)
    {
        if (!providers.Apple.IsConfigured) throw SocialErrors.NotConfigured(SocialIdentity.Apple);
        if (request.Token.Length == 0) throw SocialErrors.AppleTokenRequired;
        return await LinkAsync(call, SocialIdentity.Apple, await providers.Apple.VerifyAsync(request.Token, cancellationToken), cancellationToken);
    }

    private async ValueTask<Empty> LinkFacebookAsync(ApiCall call, LinkFacebookRequest request, CancellationToken cancellationToken)
    {
        if (request.Account?.Token is not { Length: > 0 } token) throw SocialErrors.FacebookTokenRequired;
        var profile = await providers.Facebook.VerifyAsync(token, cancellationToken);
        await LinkAsync(call, SocialIdentity.Facebook, profile, cancellationToken);
        if (request.Sync != false) await friends.TryImportFacebookAsync(call.UserId, call.Caller!.Username, profile!, token, cancellationToken);
        return Done;
    }

    private async ValueTask<Empty> LinkInstantGameAsync(ApiCall call, AccountFacebookInstantGame request, CancellationToken cancellationToken)
    {
        if (request.SignedPlayerInfo.Length == 0) throw SocialErrors.PlayerInfoRequired;
        return await LinkAsync(call, SocialIdentity.FacebookInstantGame, providers.InstantGames.Verify(request.SignedPlayerInfo), cancellationToken);
    }

    private async ValueTask<Empty> LinkGameCenterAsync(ApiCall call, AccountGameCenter request, CancellationToken cancellationToken)
    {
        var claim = GameCenterRules.Require(request);
        return await LinkAsync(call, SocialIdentity.GameCenter, await providers.GameCenter.VerifyAsync(claim, cancellationToken), cancellationToken);
    }

    private async ValueTask<Empty> LinkGoogleAsync(ApiCall call, AccountGoogle request, CancellationToken cancellationToken)
    {
        if (request.Token.Length == 0) throw SocialErrors.GoogleTokenRequired;
        return await LinkAsync(call, SocialIdentity.Google, await providers.Google.VerifyAsync(request.Token, cancellationToken), cancellationToken);
    }

    private async ValueTask<Empty> LinkSteamAsync(ApiCall call, LinkSteamRequest request, CancellationToken cancellationToken)
    {
        if (request.Account?.Token is not { Length: > 0 } ticket) throw SocialErrors.SteamTokenRequired;
        if (!providers.Steam.IsConfigured) throw SocialErrors.NotConfigured(SocialIdentity.Steam);
        var profile = await providers.Steam.VerifyAsync(ticket, cancellationToken);
        await LinkAsync(call, SocialIdentity.Steam, profile, cancellationToken);
        if (request.Sync != false) await friends.TryImportSteamAsync(call.UserId, call.Caller!.Username, profile!, cancellationToken);
        return Done;
    }

    private async ValueTask<Empty> UnlinkAppleAsync(ApiCall call, AccountApple request, CancellationToken cancellationToken)
    {
        var isProven = request.Token.Length > 0;
        var profile = isProven ? await providers.Apple.VerifyAsync(request.Token, cancellationToken) : null;
        return await UnlinkAsync(call, SocialIdentity.Apple, isProven, profile, cancellationToken);
    }

    private async ValueTask<Empty> UnlinkFacebookAsync(ApiCall call, AccountFacebook request, CancellationToken cancellationToken)
    {
        var isProven = request.Token.Length > 0;
        var profile = isProven ? await providers.Facebook.VerifyAsync(request.Token, cancellationToken) : null;
        return await UnlinkAsync(call, SocialIdentity.Facebook, isProven, profile, cancellationToken);
    }

    private async ValueTask<Empty> UnlinkInstantGameAsync(ApiCall call, AccountFacebookInstantGame request, CancellationToken cancellationToken)
    {
        var isProven = request.SignedPlayerInfo.Length > 0;
        var profile = isProven ? providers.InstantGames.Verify(request.SignedPlayerInfo) : null;
        return await UnlinkAsync(call, SocialIdentity.FacebookInstantGame, isProven, profile, cancellationToken);
    }

    private async ValueTask<Empty> UnlinkGameCenterAsync(ApiCall call, AccountGameCenter request, CancellationToken cancellationToken)
    {
        var claim = GameCenterRules.Whole(request);
        var profile = claim is null ? null : await providers.GameCenter.VerifyAsync(claim, cancellationToken);
        return await UnlinkAsync(call, SocialIdentity.GameCenter, claim is not null, profile, cancellationToken);
    }

    private async ValueTask<Empty> UnlinkGoogleAsync(ApiCall call, AccountGoogle request, CancellationToken cancellationToken)
    {
        var isProven = request.Token.Length > 0;
        var profile = isProven ? await providers.Google.VerifyAsync(request.Token, cancellationToken) : null;
        return await UnlinkAsync(call, SocialIdentity.Google, isProven, profile, cancellationToken);
    }

    private async ValueTask<Empty> UnlinkSteamAsync(ApiCall call, AccountSteam request, CancellationToken cancellationToken)
    {
        var isProven = request.Token.Length > 0;
        var profile = isProven ? await providers.Steam.VerifyAsync(request.Token, cancellationToken) : null;
        return await UnlinkAsync(call, SocialIdentity.Steam, isProven, profile, cancellationToken);
    }

    private async ValueTask<Empty> LinkAsync(ApiCall call, SocialIdentity identity, SocialProfile? profile, CancellationToken cancellationToken)
    {
        if (profile is null) throw SocialErrors.Refused(identity);
        await links.LinkAsync(identity, call.UserId, profile, cancellationToken);
        return Done;
    }

    private async ValueTask<Empty> UnlinkAsync(
        ApiCall call, SocialIdentity identity, bool isProven, SocialProfile? profile, CancellationToken cancellationToken)
    {
        if (isProven && profile is null) throw SocialErrors.Refused(identity);
        await links.UnlinkAsync(identity, call.UserId, profile, cancellationToken);
        return Done;
    }
}
