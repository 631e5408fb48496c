namespace Nakama.Server.Database;

internal static class DatabaseServiceCollectionExtensions
{
    /// <summary>What goes with the pool: its metrics, the check that refuses a database of another age, and the watch over the host's addresses.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services) => services
        .AddHostedService<SchemaCheck>()
        .AddHostedService<PoolMetrics>()
        .AddHostedService<DnsScan>();
}
