using Nakama.Server.Cluster;
using Nakama.Server.Presence;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Status;

internal static class StatusServiceCollectionExtensions
{
    public static IServiceCollection AddStatus(this IServiceCollection services) => services
        .AddSingleton<StatusStore>()
        .AddSingleton<StatusRegistry>()
        .AddSingleton<IPresenceListener>(static provider => provider.GetRequiredService<StatusRegistry>())
        .AddSingleton<ISessionListener>(static provider => provider.GetRequiredService<StatusRegistry>())
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<StatusRegistry>())
        .AddSingleton<IRealtimeFeature, StatusRealtime>();
}
