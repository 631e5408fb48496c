using Nakama.Server.Api;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Matchmaking;

internal static class MatchmakerSetup
{
    public static IServiceCollection AddMatchmaking(this IServiceCollection services) => services
        .AddSingleton<Matchmaker>()
        .AddSingleton<MatchmakerHooks>()
        .AddSingleton<MatchmakerStatistics>()
        .AddSingleton<MatchmakerRounds>()
        .AddSingleton<MatchmakerDelivery>()
        .AddSingleton<ISessionListener, MatchmakerSessions>()
        .AddSingleton<IRealtimeFeature, MatchmakerRealtime>()
        .AddSingleton<IApiFeature, MatchmakerApi>()
        .AddHostedService<MatchmakerLoop>();
}
