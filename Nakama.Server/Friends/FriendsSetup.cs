namespace Nakama.Server.Friends;

internal static class FriendsSetup
{
    public static IServiceCollection AddFriends(this IServiceCollection services) => services.AddSingleton<UserBlocks>();
}
