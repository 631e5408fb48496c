using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Identity;

namespace Nakama.Server.Authentication;

/// <summary>Importing friends from Facebook and Steam.</summary>
internal sealed class FriendImportApi(SocialProviders providers, SocialFriends friends) : IApiFeature
{
    private static readonly Empty Done = new();

    public void Map(ApiMap api)
    {
        api.Map<ImportFacebookFriendsRequest, Empty>("ImportFacebookFriends", FacebookAsync);
        api.Map<ImportSteamFriendsRequest, Empty>("ImportSteamFriends", SteamAsync);
    }

    private async ValueTask<Empty> FacebookAsync(ApiCall call, ImportFacebookFriendsRequest request, CancellationToken cancellationToken)
    {
        if (request.Account?.Token is not { Length: > 0 } token) throw SocialErrors.ImportTokenRequired(SocialIdentity.Facebook);
        await friends.ImportFacebookAsync(call.UserId, call.Caller!.Username, token, request.Reset == true, cancellationToken);
        return Done;
    }

    private async ValueTask<Empty> SteamAsync(ApiCall call, ImportSteamFriendsRequest request, CancellationToken cancellationToken)
    {
        if (!providers.Steam.IsConfigured) throw SocialErrors.NotConfigured(SocialIdentity.Steam);
        if (request.Account?.Token is not { Length: > 0 } ticket) throw SocialErrors.ImportTokenRequired(SocialIdentity.Steam);
        var player = await providers.Steam.VerifyAsync(ticket, cancellationToken) ?? throw SocialErrors.Refused(SocialIdentity.Steam);
        await friends.ImportSteamAsync(call.UserId, call.Caller!.Username, player.Id, request.Reset == true, cancellationToken);
        return Done;
    }
}
