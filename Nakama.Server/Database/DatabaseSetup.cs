using Nakama.ServiceDefaults;

namespace Nakama.Server.Database;

internal static class DatabaseSetup
{
    /// <summary>The pool, the check that refuses a database of another age, and the watch over the host's addresses.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services) => services
        .AddNakamaDatabase(provider => DatabaseConnection.Text(provider.GetRequiredService<DatabaseOptions>()))
        .AddHostedService<SchemaCheck>()
        .AddHostedService<PoolMetrics>()
        .AddHostedService<DnsScan>();
}
