using Nakama.Server.Api;
using Nakama.Server.Lifecycle;
using Nakama.Server.Realtime;
using Nakama.Server.Search;

namespace Nakama.Server.Matches;

internal static class MatchesServiceCollectionExtensions
{
    public static IServiceCollection AddMatches(this IServiceCollection services) => services
        .AddSingleton<MatchRegistry>()
        .AddSingleton<MatchTokens>()
        .AddSingleton<MatchMembers>()
        .AddSingleton<MatchRelay>()
        .AddSingleton<MatchListing>()
        .AddSingleton<IApiFeature, MatchApi>()
        .AddSingleton<IRealtimeFeature, MatchRealtime>()
        .AddSingleton<IHostedService>(static provider => new LabelRefresh(
            provider.GetRequiredService<MatchRegistry>().RefreshLabels,
            provider.GetRequiredService<MatchOptions>().LabelUpdateIntervalMs,
            provider.GetRequiredService<LoopContext>()));
}
