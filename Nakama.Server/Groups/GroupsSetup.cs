using Nakama.Server.Chat;

namespace Nakama.Server.Groups;

internal static class GroupsSetup
{
    public static IServiceCollection AddGroups(this IServiceCollection services) =>
        services.AddSingleton<IChannelGate, GroupChannelGate>();
}
