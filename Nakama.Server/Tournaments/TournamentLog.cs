namespace Nakama.Server.Tournaments;

internal static partial class TournamentLog
{
    [LoggerMessage(LogLevel.Warning, "An end or a reset of {LeaderboardId} waits for the database")]
    public static partial void ResetWaits(ILogger log, string leaderboardId);

    [LoggerMessage(LogLevel.Error, "An end or a reset of {LeaderboardId} was lost")]
    public static partial void ResetFailed(ILogger log, Exception exception, string leaderboardId);

    [LoggerMessage(LogLevel.Error, "A callback of {LeaderboardId} failed")]
    public static partial void CallbackFailed(ILogger log, Exception exception, string leaderboardId);
}
