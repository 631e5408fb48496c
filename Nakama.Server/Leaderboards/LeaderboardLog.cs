namespace Nakama.Server.Leaderboards;

internal static partial class LeaderboardLog
{
    [LoggerMessage(LogLevel.Information, "Ranks are loaded, {Count} records")]
    public static partial void RanksLoaded(ILogger log, long count);

    [LoggerMessage(LogLevel.Warning, "Loading the ranks of {LeaderboardId} failed and begins again later")]
    public static partial void RanksFailed(ILogger log, Exception exception, string leaderboardId);

    [LoggerMessage(LogLevel.Error, "What another node changed of leaderboard {Id} could not be read")]
    public static partial void ReplicationFailed(ILogger logger, Exception exception, string id);
}
