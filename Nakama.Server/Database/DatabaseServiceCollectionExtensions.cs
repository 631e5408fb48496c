namespace Nakama.Server.Database;

internal static class DatabaseServiceCollectionExtensions
{
    /// <summary>Adds the pool's metrics, the check of the schema version, and the scan of the host's addresses.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services) => services
        .AddHostedService<SchemaCheck>()
        .AddHostedService<PoolMetrics>()
        .AddHostedService<DnsScan>();
}
