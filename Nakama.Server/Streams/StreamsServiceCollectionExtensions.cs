using Nakama.Server.Cluster;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Streams;

internal static class StreamsServiceCollectionExtensions
{
    public static IServiceCollection AddStreams(this IServiceCollection services) => services
        .AddSingleton(static provider => new MessageRouter(
            provider.GetRequiredService<PresenceTracker>(),
            provider.GetRequiredService<SessionRegistry>(),
            provider.GetRequiredService<SessionDeliveries>(),
            provider.GetRequiredService<NodeDirectory>(),
            provider.GetRequiredService<MessageBus>()))
        .AddSingleton<StreamAccess>();
}
