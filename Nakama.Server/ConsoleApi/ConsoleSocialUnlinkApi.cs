using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.Authentication;

namespace Nakama.Server.ConsoleApi;

/// <summary>Unlinking providers' ids from accounts, without credentials of their players.</summary>
internal sealed class ConsoleSocialUnlinkApi(SocialStore store) : IConsoleFeature
{
    public void Map(ApiMap api)
    {
        Map(api, "UnlinkApple", SocialIdentity.Apple, "Apple ID");
        Map(api, "UnlinkFacebook", SocialIdentity.Facebook, "Facebook ID");
        Map(api, "UnlinkFacebookInstantGame", SocialIdentity.FacebookInstantGame, "Facebook ID");
        Map(api, "UnlinkGameCenter", SocialIdentity.GameCenter, "Game Center ID");
        Map(api, "UnlinkGoogle", SocialIdentity.Google, "Google ID");
        Map(api, "UnlinkSteam", SocialIdentity.Steam, "Steam ID");
    }

    private void Map(ApiMap api, string method, SocialIdentity identity, string name) => api.Map<AccountId, Empty>(
        method,
        async (_, request, cancellationToken) =>
            await store.UnlinkAsync(identity, ConsoleAccountsApi.Id(request.Id), "", cancellationToken)
                ? new Empty()
                : throw ConsoleAccountErrors.LastIdentifier(name));
}
