using Microsoft.Extensions.DependencyInjection.Extensions;
using Nakama.Server.Hooks;

namespace Nakama.Server.Realtime;

internal static class RealtimeSetup
{
    public static IServiceCollection AddRealtime(this IServiceCollection services) =>
        services
            .AddSingleton<IRealtimeFeature, PingPong>()
            .AddSingleton<SessionOpening>()
            .AddSingleton<RealtimePipeline>()
            .TryAddHooks();

    private static IServiceCollection TryAddHooks(this IServiceCollection services)
    {
        services.TryAddSingleton<HookRegistry>();
        return services;
    }
}
