namespace Nakama.Server.Cluster;

internal static class ClusterSetup
{
    public static IServiceCollection AddCluster(this IServiceCollection services) =>
        services
            .AddSingleton(static provider => new LocalNode(provider.GetRequiredService<NakamaOptions>().Name))
            .AddSingleton<NodeDirectory>()
            .AddSingleton<MessageBus>()
            .AddHostedService<BusStart>()
            .AddSingleton<WorkOwner>();
}
