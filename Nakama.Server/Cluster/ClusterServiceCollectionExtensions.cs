using Nakama.Server.Lifecycle;

namespace Nakama.Server.Cluster;

internal static class ClusterServiceCollectionExtensions
{
    public static IServiceCollection AddCluster(this IServiceCollection services) =>
        services
            .AddSingleton(static provider => new LocalNode(provider.GetRequiredService<NodeInfo>().Name))
            .AddSingleton<NodeDirectory>()
            .AddSingleton<BusMetrics>()
            .AddSingleton(static provider => new MessageBus(
                provider.GetRequiredService<NodeDirectory>(),
                provider.GetRequiredService<BusMetrics>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<MessageBus>>()))
            .AddHostedService<BusStart>()
            .AddSingleton<WorkOwner>();
}
