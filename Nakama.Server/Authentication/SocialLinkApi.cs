using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;

namespace Nakama.Server.Authentication;

/// <summary>Linking the credentials that providers issue to a player to the caller's account, and unlinking them.</summary>
internal sealed class SocialLinkApi(SocialLinking social) : IApiFeature
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
        api.Map<AccountApple, Empty>("UnlinkApple", (call, request, token) => DoneAsync(social.UnlinkAppleAsync(call.UserId, request.Token, token)));
        api.Map<AccountFacebook, Empty>("UnlinkFacebook", (call, request, token) => DoneAsync(social.UnlinkFacebookAsync(call.UserId, request.Token, token)));
        api.Map<AccountFacebookInstantGame, Empty>("UnlinkFacebookInstantGame", (call, request, token) =>
            DoneAsync(social.UnlinkInstantGameAsync(call.UserId, request.SignedPlayerInfo, token)));
        api.Map<AccountGameCenter, Empty>("UnlinkGameCenter", (call, request, token) =>
            DoneAsync(social.UnlinkGameCenterAsync(call.UserId, GameCenterRules.Whole(request), token)));
        api.Map<AccountGoogle, Empty>("UnlinkGoogle", (call, request, token) => DoneAsync(social.UnlinkGoogleAsync(call.UserId, request.Token, token)));
        api.Map<AccountSteam, Empty>("UnlinkSteam", (call, request, token) => DoneAsync(social.UnlinkSteamAsync(call.UserId, request.Token, token)));
    }

    private ValueTask<Empty> LinkAppleAsync(ApiCall call, AccountApple request, CancellationToken cancellationToken)
    {
        social.RequireApple();
        if (request.Token.Length == 0) throw SocialErrors.AppleTokenRequired;
        return DoneAsync(social.LinkAppleAsync(call.UserId, request.Token, cancellationToken));
    }

    private ValueTask<Empty> LinkFacebookAsync(ApiCall call, LinkFacebookRequest request, CancellationToken cancellationToken)
    {
        if (request.Account?.Token is not { Length: > 0 } token) throw SocialErrors.FacebookTokenRequired;
        return DoneAsync(social.LinkFacebookAsync(call.UserId, call.Caller!.Username, token, request.Sync != false, cancellationToken));
    }

    private ValueTask<Empty> LinkInstantGameAsync(ApiCall call, AccountFacebookInstantGame request, CancellationToken cancellationToken)
    {
        if (request.SignedPlayerInfo.Length == 0) throw SocialErrors.PlayerInfoRequired;
        return DoneAsync(social.LinkInstantGameAsync(call.UserId, request.SignedPlayerInfo, cancellationToken));
    }

    private ValueTask<Empty> LinkGameCenterAsync(ApiCall call, AccountGameCenter request, CancellationToken cancellationToken) =>
        DoneAsync(social.LinkGameCenterAsync(call.UserId, GameCenterRules.Require(request), cancellationToken));

    private ValueTask<Empty> LinkGoogleAsync(ApiCall call, AccountGoogle request, CancellationToken cancellationToken)
    {
        if (request.Token.Length == 0) throw SocialErrors.GoogleTokenRequired;
        return DoneAsync(social.LinkGoogleAsync(call.UserId, request.Token, cancellationToken));
    }

    private ValueTask<Empty> LinkSteamAsync(ApiCall call, LinkSteamRequest request, CancellationToken cancellationToken)
    {
        if (request.Account?.Token is not { Length: > 0 } ticket) throw SocialErrors.SteamTokenRequired;
        return DoneAsync(social.LinkSteamAsync(call.UserId, call.Caller!.Username, ticket, request.Sync != false, cancellationToken));
    }

    private static async ValueTask<Empty> DoneAsync(ValueTask work)
    {
        await work;
        return Done;
    }
}
