using Nakama.Server.Accounts;
using Nakama.Server.Api;
using Nakama.Server.Chat;

namespace Nakama.Server.Groups;

internal static class GroupsServiceCollectionExtensions
{
    public static IServiceCollection AddGroups(this IServiceCollection services) => services
        .AddSingleton<IAccountExportPart, GroupExportPart>()
        .AddSingleton<IChannelGate, GroupChannelGate>()
        .AddSingleton<GroupStore>()
        .AddSingleton<GroupSearch>()
        .AddSingleton<OperatorGroupSearch>()
        .AddSingleton<GroupMemberStore>()
        .AddSingleton<GroupMemberLists>()
        .AddSingleton<GroupActions>()
        .AddSingleton<GroupStateStore>()
        .AddSingleton<IAccountPart, GroupAccountPart>()
        .AddSingleton<IApiFeature, GroupsApi>()
        .AddSingleton<IApiFeature, GroupMembersApi>();
}
