using Nakama.Server.Api;
using Nakama.Server.Cluster;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Matchmaking;

internal static class MatchmakerServiceCollectionExtensions
{
    public static IServiceCollection AddMatchmaking(this IServiceCollection services) => services
        .AddSingleton<Matchmaker>()
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<Matchmaker>())
        .AddSingleton<MatchmakerHooks>()
        .AddSingleton<MatchmakerStatistics>()
        .AddSingleton<MatchmakerInterval>()
        .AddSingleton<MatchmakerDelivery>()
        .AddSingleton<ISessionListener, MatchmakerSessions>()
        .AddSingleton<IRealtimeFeature, MatchmakerRealtime>()
        .AddSingleton<MatchmakerApi>()
        .AddSingleton<IApiFeature>(static provider => provider.GetRequiredService<MatchmakerApi>())
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<MatchmakerApi>())
        .AddHostedService<MatchmakerLoop>();
}
