using Nakama.Server.Realtime;

namespace Nakama.Server.Matches;

internal static class MatchesSetup
{
    public static IServiceCollection AddMatches(this IServiceCollection services) => services
        .AddSingleton<MatchRegistry>()
        .AddSingleton<MatchTokens>()
        .AddSingleton<MatchMembers>()
        .AddSingleton<MatchRelay>()
        .AddSingleton<IRealtimeFeature, MatchRealtime>();
}
