using Nakama.Server.Api;
using Nakama.Server.Cluster;
using Nakama.Server.Sessions;

namespace Nakama.Server.ConsoleApi.Live;

internal static class LiveServiceCollectionExtensions
{
    /// <summary>The live state of all nodes, as part of the console API.</summary>
    public static IServiceCollection AddConsoleLive(this IServiceCollection services) => services
        .AddSingleton<LiveNodes>()
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<LiveNodes>())
        .AddSingleton<IHttpEndpoint, LiveWatchRoute>()
        .AddSingleton<ILiveFeature, LiveMatchApi>()
        .AddSingleton<ILiveFeature, LiveMatchmakerApi>()
        .AddSingleton<ILiveFeature, LivePartyApi>()
        .AddSingleton<ILiveFeature, LiveStreamApi>()
        .AddSingleton<ILiveFeature, LiveSessionApi>()
        .AddSingleton<ILiveFeature, LiveLogApi>()
        .AddSingleton<LiveEventFeed>()
        .AddHostedService<LiveEventSources>()
        .AddSingleton<LiveSessionEvents>()
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<LiveSessionEvents>())
        .AddSingleton<ISessionListener>(static provider => provider.GetRequiredService<LiveSessionEvents>())
        .AddSingleton<ILiveFeature, LiveEventApi>()
        .AddSingleton<ILiveFeature, LiveRuntimeApi>();
}
