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
        Map(api, "UnlinkApple", SocialIdentity.Apple);
        Map(api, "UnlinkFacebook", SocialIdentity.Facebook);
        Map(api, "UnlinkFacebookInstantGame", SocialIdentity.FacebookInstantGame);
        Map(api, "UnlinkGameCenter", SocialIdentity.GameCenter);
        Map(api, "UnlinkGoogle", SocialIdentity.Google);
        Map(api, "UnlinkSteam", SocialIdentity.Steam);
    }

    private void Map(ApiMap api, string method, SocialIdentity identity) => api.Map<AccountId, Empty>(
        method,
        async (_, request, cancellationToken) =>
            await store.UnlinkAsync(identity, ConsoleAccountsApi.Id(request.Id), "", cancellationToken)
                ? new Empty()
                : throw ConsoleAccountErrors.LastIdentifier(identity.IdName));
}
