using Nakama.Server.Cluster;
using Nakama.Server.Metrics;
using Nakama.Server.Sessions;

namespace Nakama.Server.Presence;

internal static class PresenceServiceCollectionExtensions
{
    public static IServiceCollection AddPresence(this IServiceCollection services) =>
        services
            .AddSingleton<PresenceEvents>()
            .AddSingleton<PresenceReplicator>()
            .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<PresenceReplicator>())
            .AddSingleton<IBusFeature, StreamMessages>()
            .AddSingleton<ClusterPresences>()
            .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<ClusterPresences>())
            .AddSingleton(static provider => new Lazy<IEnumerable<IPresenceListener>>(provider.GetServices<IPresenceListener>))
            .AddSingleton(static provider => new PresenceTracker(
                provider.GetRequiredService<PresenceEvents>(),
                provider.GetRequiredService<PresenceReplicator>(),
                provider.GetRequiredService<ServerMetrics>()))
            .AddSingleton<ISessionListener, SessionPresences>();
}
