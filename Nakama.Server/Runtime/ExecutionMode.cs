namespace Nakama.Server.Runtime;

/// <summary>Why a function of a module runs, as reported in its context.</summary>
public static class ExecutionMode
{
    public const string RunOnce = "run_once";
    public const string Rpc = "rpc";
    public const string Before = "before";
    public const string After = "after";
    public const string Event = "event";
    public const string Match = "match";
    public const string MatchCreate = "match_create";
    public const string Matchmaker = "matchmaker";
    public const string MatchmakerOverride = "matchmaker_override";
    public const string MatchmakerProcessor = "matchmaker_processor";
    public const string TournamentEnd = "tournament_end";
    public const string TournamentReset = "tournament_reset";
    public const string LeaderboardReset = "leaderboard_reset";
    public const string PurchaseNotificationApple = "purchase_notification_apple";
    public const string PurchaseNotificationGoogle = "purchase_notification_google";
    public const string SubscriptionNotificationApple = "subscription_notification_apple";
    public const string SubscriptionNotificationGoogle = "subscription_notification_google";
    public const string StorageIndexFilter = "storage_index_filter";
    public const string Shutdown = "shutdown";
    public const string Http = "http";
    public const string ConsoleHttp = "console_http";
    public const string Job = "job";
}
