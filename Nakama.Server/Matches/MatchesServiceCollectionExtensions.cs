using Nakama.Server.Api;
using Nakama.Server.Cluster;
using Nakama.Server.Lifecycle;
using Nakama.Server.Metrics;
using Nakama.Server.Presence;
using Nakama.Server.Realtime;
using Nakama.Server.Search;

namespace Nakama.Server.Matches;

internal static class MatchesServiceCollectionExtensions
{
    public static IServiceCollection AddMatches(this IServiceCollection services) => services
        .AddSingleton<MatchMetrics>()
        .AddSingleton<MatchLosses>()
        .AddSingleton<MatchServices>()
        .AddSingleton<MatchIndex>()
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<MatchIndex>())
        .AddSingleton(static provider => new MatchRegistry(
            provider.GetRequiredService<MatchServices>(), provider.GetRequiredService<MatchIndex>(), provider.GetRequiredService<ServerMetrics>()))
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<MatchRegistry>())
        .AddSingleton<IPresenceListener>(static provider => provider.GetRequiredService<MatchRegistry>())
        .AddSingleton<MatchCalls>()
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<MatchCalls>())
        .AddSingleton<MatchPlacement>()
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<MatchPlacement>())
        .AddSingleton<MatchTokens>()
        .AddSingleton(static provider => new MatchMembers(
            provider.GetRequiredService<PresenceTracker>(), provider.GetRequiredService<MatchCalls>(), provider.GetRequiredService<SessionOptions>()))
        .AddSingleton<MatchRelay>()
        .AddSingleton(static provider => new MatchListing(provider.GetRequiredService<MatchIndex>(), provider.GetRequiredService<PresenceTracker>()))
        .AddHostedService<MatchShutdown>()
        .AddSingleton<IApiFeature, MatchApi>()
        .AddSingleton<IRealtimeFeature, MatchRealtime>()
        .AddSingleton<IHostedService>(static provider => new LabelRefresh(
            provider.GetRequiredService<MatchIndex>().Refresh,
            provider.GetRequiredService<MatchOptions>().LabelUpdateIntervalMs,
            provider.GetRequiredService<LoopContext>()));
}
