namespace Nakama.Server.Tournaments;

internal static partial class TournamentLog
{
    [LoggerMessage(LogLevel.Error, "{Operation} failed in the database")]
    public static partial void StatementFailed(ILogger log, Exception exception, string operation);

    [LoggerMessage(LogLevel.Error, "A callback of {LeaderboardId} failed")]
    public static partial void CallbackFailed(ILogger log, Exception exception, string leaderboardId);
}
