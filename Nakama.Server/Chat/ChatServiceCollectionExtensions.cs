using Nakama.Server.Accounts;
using Nakama.Server.Api;
using Nakama.Server.Realtime;

namespace Nakama.Server.Chat;

internal static class ChatServiceCollectionExtensions
{
    public static IServiceCollection AddChat(this IServiceCollection services) => services
        .AddSingleton<IAccountExportPart, ChatAccountPart>()
        .AddSingleton<MessageStore>()
        .AddSingleton<ChannelHistory>()
        .AddSingleton<ChannelGates>()
        .AddSingleton<ChannelTargets>()
        .AddSingleton<ChannelMembers>()
        .AddSingleton<ChannelMessages>()
        .AddSingleton<SystemMessages>()
        .AddSingleton<IApiFeature, ChatApi>()
        .AddSingleton<IRealtimeFeature, ChatRealtime>();
}
