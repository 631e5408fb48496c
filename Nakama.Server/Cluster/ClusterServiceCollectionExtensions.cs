using System.Runtime.CompilerServices;
using Nakama.Server.Cluster.Joining;
using Nakama.Server.Cluster.Links;
using Nakama.Server.Cluster.Membership;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.Cluster;

internal static class ClusterServiceCollectionExtensions
{
    /// <summary>What every node has, with others or alone.</summary>
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
            .AddSingleton<NodeDrain>()
            .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<NodeDrain>())
            .AddSingleton<WorkOwner>()
            .AddSingleton<IWorkTerms, LoneWorkTerms>();

    /// <summary>A feature of the bus that reads from the database what lost messages would have told.</summary>
    public static IServiceCollection AddRepair<T>(this IServiceCollection services)
        where T : RepairLoop =>
        services
            .AddSingleton<T>()
            .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<T>())
            .AddHostedService(static provider => provider.GetRequiredService<T>());

    /// <summary>
    /// Makes the node a member of a cluster if it is to be one. Comes last, so that the node joins when all else has started.
    /// </summary>
    public static IServiceCollection AddClusterNode(this IServiceCollection services, ClusterOptions options)
    {
        if (options.Enabled) AddOtherNodes(services, options);
        return services;
    }

    /// <summary>What only a node with others needs; a method of its own, so that a node alone loads none of it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddOtherNodes(IServiceCollection services, ClusterOptions options)
    {
        services
            .AddSingleton(static provider => new LinkIdentity(provider.GetRequiredService<NodeInfo>().Name))
            .AddSingleton<ClusterSecret>()
            .AddSingleton<LinkMetrics>()
            .AddSingleton<LinkReports>()
            .AddSingleton(provider => new LinkDialer(
                provider.GetRequiredService<LinkIdentity>(),
                provider.GetRequiredService<ClusterSecret>(),
                provider.GetService<ClusterCertificates>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(static provider => new LinkContext(
                provider.GetRequiredService<LinkIdentity>(),
                provider.GetRequiredService<LinkDialer>(),
                provider.GetRequiredService<LinkMetrics>(),
                provider.GetRequiredService<LinkReports>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<PeerLinks>>()))
            .AddSingleton<PeerLinks>()
            .AddSingleton<INodeTransport>(static provider => provider.GetRequiredService<PeerLinks>())
            .AddSingleton<LinkAcceptor>()
            .AddSingleton(static provider => new LinkListener(
                provider.GetRequiredService<ClusterOptions>(),
                provider.GetService<ClusterCertificates>(),
                provider.GetRequiredService<LinkContext>(),
                provider.GetRequiredService<ILoggerFactory>()))
            .AddSingleton<WorkTermStore>()
            .AddSingleton<ClusterWorkTerms>()
            .AddSingleton<IWorkTerms>(static provider => provider.GetRequiredService<ClusterWorkTerms>())
            .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<ClusterWorkTerms>())
            .AddHostedService(static provider => provider.GetRequiredService<ClusterWorkTerms>())
            .AddSingleton<ClusterNodeStore>()
            .AddSingleton<NodeDiscovery>()
            .AddSingleton<ClusterJoin>()
            .AddSingleton<AkkaCluster>()
            .AddSingleton<ICluster>(static provider => provider.GetRequiredService<AkkaCluster>())
            .AddSingleton<IMembershipConnections>(static provider => provider.GetRequiredService<AkkaCluster>())
            .AddHostedService<ClusterNode>();
        if (options.UsesTls) services.AddSingleton(_ => ClusterCertificates.Load(options));
    }
}
