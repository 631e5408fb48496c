using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Accounts;
using Nakama.Server.Api;
using Nakama.Server.Authentication;
using Nakama.Server.ConsoleApi.History;
using User = Nakama.Protocol.Api.User;

namespace Nakama.Server.ConsoleApi;

/// <summary>Unlinking providers' ids from accounts, without credentials of their players.</summary>
internal sealed class ConsoleSocialUnlinkApi(SocialStore store, AccountStore accounts, HistoryRecorders history) : IConsoleFeature
{
    public void Map(ApiMap api)
    {
        Map(api, "UnlinkApple", SocialIdentity.Apple, "Apple ID", static user => user.AppleId);
        Map(api, "UnlinkFacebook", SocialIdentity.Facebook, "Facebook ID", static user => user.FacebookId);
        Map(api, "UnlinkFacebookInstantGame", SocialIdentity.FacebookInstantGame, "Facebook ID", static user => user.FacebookInstantGameId);
        Map(api, "UnlinkGameCenter", SocialIdentity.GameCenter, "Game Center ID", static user => user.GamecenterId);
        Map(api, "UnlinkGoogle", SocialIdentity.Google, "Google ID", static user => user.GoogleId);
        Map(api, "UnlinkSteam", SocialIdentity.Steam, "Steam ID", static user => user.SteamId);
    }

    private void Map(ApiMap api, string method, SocialIdentity identity, string name, Func<User, string> valueOf) =>
        api.Map<AccountId, Empty>(method, async (call, request, cancellationToken) =>
        {
            var id = ConsoleAccountsApi.Id(request.Id);
            // What is not linked is refused too, as on the reference server.
            return await accounts.GetAsync(id, cancellationToken) is { } account && valueOf(account.User).Length > 0
                && await store.UnlinkAsync(identity, id, history.For(call, HistoryActions.Unlink, HistoryKeys.Account(id)), cancellationToken)
                    ? new Empty()
                    : throw ConsoleAccountErrors.LastIdentifier(name);
        });
}
