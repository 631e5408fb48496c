using Nakama.Server.Api;

namespace Nakama.Server.Tournaments;

internal static class TournamentsServiceCollectionExtensions
{
    public static IServiceCollection AddTournaments(this IServiceCollection services) => services
        .AddSingleton<TournamentStore>()
        .AddSingleton<TournamentRecordStore>()
        .AddSingleton<TournamentDefinitions>()
        .AddSingleton<TournamentRecords>()
        .AddSingleton<ResetCallbacks>()
        .AddSingleton<IApiFeature, TournamentsApi>()
        .AddHostedService<ResetScheduler>();
}
