using Nakama.Server.Accounts;
using Nakama.Server.Api;

namespace Nakama.Server.Friends;

internal static class FriendsServiceCollectionExtensions
{
    public static IServiceCollection AddFriends(this IServiceCollection services) => services
        .AddSingleton<IAccountExportPart, FriendAccountPart>()
        .AddSingleton<UserBlocks>()
        .AddSingleton<EdgePositions>()
        .AddSingleton<FriendStore>()
        .AddSingleton<FriendActions>()
        .AddSingleton<FriendImport>()
        .AddSingleton<IApiFeature, FriendsApi>();
}
