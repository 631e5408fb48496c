using Nakama.Server.Cluster;

namespace Nakama.Server.Sessions;

internal static class SessionsServiceCollectionExtensions
{
    public static IServiceCollection AddSessions(this IServiceCollection services) =>
        services
            .AddSingleton<SessionRegistry>()
            .AddSingleton<SessionIds>()
            .AddSingleton<SessionDeliveries>()
            .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<SessionDeliveries>())
            .AddSingleton<SessionDisconnects>()
            .AddSingleton<SessionTimerWheel>()
            .AddSingleton<SendScheduler>()
            .AddSingleton<SessionHost>()
            .AddSingleton(static provider => new Lazy<IEnumerable<ISessionListener>>(provider.GetServices<ISessionListener>));
}
