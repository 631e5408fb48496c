using Nakama.Server.Accounts;
using Nakama.Server.Api;
using Nakama.Server.Cluster;
using Nakama.Server.Leaderboards.Ranks;

namespace Nakama.Server.Leaderboards;

internal static class LeaderboardsServiceCollectionExtensions
{
    public static IServiceCollection AddLeaderboards(this IServiceCollection services) => services
        .AddSingleton<IAccountExportPart, LeaderboardExportPart>()
        .AddSingleton<LeaderboardCallbacks>()
        .AddSingleton<LeaderboardRegistry>()
        .AddSingleton<LeaderboardStore>()
        .AddSingleton<ResetClaims>()
        .AddSingleton<RankLoader>()
        .AddSingleton(static provider => new LeaderboardDefinitions(
            provider.GetRequiredService<LeaderboardStore>(),
            provider.GetRequiredService<LeaderboardRegistry>(),
            provider.GetRequiredService<RankCache>(),
            provider.GetRequiredService<RankLoader>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IDroppedDataListener>(static provider => provider.GetRequiredService<LeaderboardDefinitions>())
        .AddSingleton<RecordStore>()
        .AddSingleton<RecordLists>()
        .AddSingleton<LeaderboardRecords>()
        .AddSingleton<RankCache>()
        .AddSingleton<RecordRanks>()
        .AddSingleton<IAccountPart, LeaderboardAccountPart>()
        .AddSingleton<IApiFeature, LeaderboardsApi>()
        .AddSingleton<LeaderboardReplication>()
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<LeaderboardReplication>())
        .AddHostedService(static provider => provider.GetRequiredService<LeaderboardReplication>())
        .AddRepair<RankRepair>()
        .AddHostedService<LeaderboardLoader>()
        .AddHostedService(static provider => provider.GetRequiredService<RankLoader>())
        .AddHostedService<RankTrimmer>();
}
