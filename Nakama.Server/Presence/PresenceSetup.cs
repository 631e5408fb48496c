using Nakama.Server.Metrics;
using Nakama.Server.Sessions;

namespace Nakama.Server.Presence;

internal static class PresenceSetup
{
    public static IServiceCollection AddPresence(this IServiceCollection services) =>
        services
            .AddSingleton<PresenceEvents>()
            .AddSingleton(static provider => new Lazy<IEnumerable<IPresenceListener>>(provider.GetServices<IPresenceListener>))
            .AddSingleton(static provider => new PresenceTracker(
                provider.GetRequiredService<PresenceEvents>(), provider.GetRequiredService<ServerMetrics>()))
            .AddSingleton<ISessionListener, SessionPresences>();
}
