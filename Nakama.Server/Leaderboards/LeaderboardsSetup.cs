using Nakama.Server.Accounts;
using Nakama.Server.Api;
using Nakama.Server.Leaderboards.Ranks;

namespace Nakama.Server.Leaderboards;

internal static class LeaderboardsSetup
{
    public static IServiceCollection AddLeaderboards(this IServiceCollection services) => services
        .AddSingleton<LeaderboardCallbacks>()
        .AddSingleton<LeaderboardRegistry>()
        .AddSingleton<LeaderboardStore>()
        .AddSingleton<ResetClaims>()
        .AddSingleton<LeaderboardDefinitions>()
        .AddSingleton<RecordStore>()
        .AddSingleton<RecordLists>()
        .AddSingleton<LeaderboardRecords>()
        .AddSingleton<RankCache>()
        .AddSingleton<RecordRanks>()
        .AddSingleton<IAccountPart, LeaderboardAccountPart>()
        .AddSingleton<IApiFeature, LeaderboardsApi>()
        .AddHostedService<LeaderboardLoader>()
        .AddHostedService<RankLoader>()
        .AddHostedService<RankTrimmer>();
}
