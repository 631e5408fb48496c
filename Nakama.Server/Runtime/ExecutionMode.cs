namespace Nakama.Server.Runtime;

/// <summary>Why a function of a module runs, as its context says.</summary>
public static class ExecutionMode
{
    public const string RunOnce = "run_once";
    public const string Rpc = "rpc";
    public const string Before = "before";
    public const string After = "after";
    public const string Event = "event";
    public const string Matchmaker = "matchmaker";
    public const string TournamentEnd = "tournament_end";
    public const string TournamentReset = "tournament_reset";
    public const string LeaderboardReset = "leaderboard_reset";
    public const string StorageIndexFilter = "storage_index_filter";
    public const string Shutdown = "shutdown";
}
