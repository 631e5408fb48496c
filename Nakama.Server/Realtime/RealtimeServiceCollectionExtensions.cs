namespace Nakama.Server.Realtime;

internal static class RealtimeServiceCollectionExtensions
{
    public static IServiceCollection AddRealtime(this IServiceCollection services) =>
        services
            .AddSingleton<IRealtimeFeature, PingPong>()
            .AddSingleton<SessionOpening>()
            .AddSingleton<MessageRateLimits>()
            .AddSingleton<RealtimePipeline>();
}
