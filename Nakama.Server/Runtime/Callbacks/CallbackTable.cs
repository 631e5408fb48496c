using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>All kinds of callbacks, each described once for all languages.</summary>
public static class CallbackTable
{
    private const string IsAnswered = "is the answer";
    private const string RefusesRequest = "refuses the request";
    private const string EndsMatch = "ends the match";
    private const string KeepsTickets = "is logged; all tickets stay";
    private const string NoMethod = "expects method name";
    private const string NoMessage = "expects message name";

    private static readonly CallbackParameter Presences = new("presences", CallbackType.List);
    private static readonly CallbackParameter State = new("state", CallbackType.State) { IsOptional = true };
    private static readonly CallbackParameter[] InMatch = [new("dispatcher", CallbackType.Dispatcher), new("tick", CallbackType.Whole), new("state", CallbackType.State)];

    /// <summary>In the order of <see cref="CallbackKind"/>.</summary>
    public static IReadOnlyList<CallbackDescription> All { get; } =
    [
        new(CallbackKind.Rpc, ExecutionMode.Rpc, "A client or another server calls a function by its id.")
        {
            Names = CallbackNames.AnyCase,
            Arguments = [new("payload", CallbackType.Text)],
            Results = [new("payload", CallbackType.Text) { IsOptional = true }],
            WhenResultWrong = new(
                "Runtime function returned invalid data - only allowed one return value of type String/Byte.",
                "Runtime function returned invalid data - only allowed one return value of type string."),
            OnFailure = IsAnswered,
            LuaName = "register_rpc",
            WhenNameEmpty = "expects rpc id",
            JavaScriptName = "registerRpc",
            DotNetName = "Rpc",
        },
        new(CallbackKind.BeforeRequest, ExecutionMode.Before, "Before a method of the API; what it returns replaces the request; returning nothing refuses it.")
        {
            Names = CallbackNames.AnyCase,
            Arguments = [new("request", CallbackType.Message)],
            Results = [new("request", CallbackType.Message) { IsOptional = true }],
            OnFailure = RefusesRequest,
            LuaName = "register_req_before",
            WhenNameEmpty = NoMethod,
            JavaScriptName = "registerBefore<Method>",
            DotNetName = "Before",
        },
        new(CallbackKind.AfterRequest, ExecutionMode.After, "After a method of the API has succeeded.")
        {
            Names = CallbackNames.AnyCase,
            Arguments = [new("response", CallbackType.Message) { IsOptional = true }, new("request", CallbackType.Message) { IsOptional = true }],
            LuaName = "register_req_after",
            WhenNameEmpty = NoMethod,
            JavaScriptName = "registerAfter<Method>",
            DotNetName = "After",
        },
        new(CallbackKind.BeforeMessage, ExecutionMode.Before, "Before a message of the socket; what it returns replaces the envelope; returning nothing refuses it.")
        {
            Names = CallbackNames.AnyCase,
            Arguments = [new("envelope", CallbackType.Message)],
            Results = [new("envelope", CallbackType.Message) { IsOptional = true }],
            OnFailure = RefusesRequest,
            LuaName = "register_rt_before",
            WhenNameEmpty = NoMessage,
            JavaScriptName = "registerRtBefore",
            DotNetName = "BeforeMessage",
        },
        new(CallbackKind.AfterMessage, ExecutionMode.After, "After a message of the socket has succeeded.")
        {
            Names = CallbackNames.AnyCase,
            Arguments = [new("out", CallbackType.Message) { IsOptional = true }, new("in", CallbackType.Message)],
            LuaName = "register_rt_after",
            WhenNameEmpty = NoMessage,
            JavaScriptName = "registerRtAfter",
            DotNetName = "AfterMessage",
        },
        new(CallbackKind.Event, ExecutionMode.Event, "A client or a module has sent an event.")
        {
            Names = CallbackNames.All,
            Arguments = [new("event", CallbackType.Message)],
            LuaName = "register_event",
            JavaScriptName = "registerEvent",
            DotNetName = "Event",
        },
        new(CallbackKind.SessionStart, ExecutionMode.Event, "A session of a socket has begun.")
        {
            Names = CallbackNames.All,
            Arguments = [new("event", CallbackType.Message)],
            LuaName = "register_event_session_start",
            JavaScriptName = "registerEventSessionStart",
            DotNetName = "SessionStart",
        },
        new(CallbackKind.SessionEnd, ExecutionMode.Event, "A session of a socket has ended.")
        {
            Names = CallbackNames.All,
            Arguments = [new("event", CallbackType.Message)],
            LuaName = "register_event_session_end",
            JavaScriptName = "registerEventSessionEnd",
            DotNetName = "SessionEnd",
        },
        new(CallbackKind.MatchmakerMatched, ExecutionMode.Matchmaker, "Players were matched; the id of a match that they shall join, or nothing for a new one.")
        {
            Arguments = [new("entries", CallbackType.List) { View = CallbackViews.OfEntries }],
            Results = [new("match_id", CallbackType.Text) { IsOptional = true }],
            WhenResultWrong = new(
                "Unexpected return type from runtime Matchmaker Matched hook, must be string or nil.",
                "Unexpected return type from runtime Matchmaker Matched hook, must be string, null or undefined."),
            LuaName = "register_matchmaker_matched",
            JavaScriptName = "registerMatchmakerMatched",
            DotNetName = "MatchmakerMatched",
        },
        new(CallbackKind.MatchmakerOverride, ExecutionMode.MatchmakerOverride, "Chooses among the matches that could be made.")
        {
            Arguments = [new("candidates", CallbackType.Groups) { View = CallbackViews.OfCandidates }],
            Results = [new("groups", CallbackType.Groups)],
            WhenResultWrong = "Unexpected return type from runtime Matchmaker Override hook, must be groups of entries.",
            OnFailure = KeepsTickets,
            LuaName = "register_matchmaker_override",
            JavaScriptName = "registerMatchmakerOverride",
            DotNetName = "MatchmakerOverride",
        },
        new(CallbackKind.MatchmakerProcessor, ExecutionMode.MatchmakerProcessor, "Makes matches of all players who wait, in place of the matchmaker's own rules.")
        {
            Arguments = [new("entries", CallbackType.List) { View = CallbackViews.OfCandidate }],
            Results = [new("groups", CallbackType.Groups)],
            WhenResultWrong = "Unexpected return type from runtime Matchmaker Processor hook, must be groups of entries.",
            OnFailure = KeepsTickets,
            LuaName = "register_matchmaker_processor",
            JavaScriptName = "registerMatchmakerProcessor",
            DotNetName = "MatchmakerProcessor",
        },
        Turn(CallbackKind.TournamentEnd, ExecutionMode.TournamentEnd, "A tournament stops taking scores.", "Tournament End") with
        {
            Arguments = TurnOf(CallbackViews.OfTournamentEnd),
            LuaName = "register_tournament_end",
            JavaScriptName = "registerTournamentEnd",
            DotNetName = "TournamentEnd",
        },
        Turn(CallbackKind.TournamentReset, ExecutionMode.TournamentReset, "A tournament begins its next round.", "Tournament Reset") with
        {
            Arguments = TurnOf(CallbackViews.OfTournamentReset),
            LuaName = "register_tournament_reset",
            JavaScriptName = "registerTournamentReset",
            DotNetName = "TournamentReset",
        },
        Turn(CallbackKind.LeaderboardReset, ExecutionMode.LeaderboardReset, "A leaderboard begins its next period.", "Leaderboard Reset") with
        {
            Arguments = [new("leaderboard", CallbackType.Record) { View = CallbackViews.OfLeaderboard }, new("reset", CallbackType.Whole)],
            LuaName = "register_leaderboard_reset",
            JavaScriptName = "registerLeaderboardReset",
            DotNetName = "LeaderboardReset",
        },
        Notification(CallbackKind.PurchaseNotificationApple, ExecutionMode.PurchaseNotificationApple, "Apple", "Purchase", CallbackViews.OfPurchase),
        Notification(CallbackKind.PurchaseNotificationGoogle, ExecutionMode.PurchaseNotificationGoogle, "Google", "Purchase", CallbackViews.OfPurchase),
        Notification(CallbackKind.SubscriptionNotificationApple, ExecutionMode.SubscriptionNotificationApple, "Apple", "Subscription", CallbackViews.OfSubscription),
        Notification(CallbackKind.SubscriptionNotificationGoogle, ExecutionMode.SubscriptionNotificationGoogle, "Google", "Subscription", CallbackViews.OfSubscription),
        new(CallbackKind.StorageIndexFilter, ExecutionMode.StorageIndexFilter, "Whether an object that was written belongs into an index.")
        {
            Names = CallbackNames.Exact,
            Arguments = [new("write", CallbackType.Record) { View = CallbackViews.OfStorageWrite }],
            Results = [new("is_indexed", CallbackType.Flag)],
            WhenResultWrong = "Invalid return type for Storage Index Filter function: bool expected",
            OnFailure = "is logged; the index stays as it is",
            LuaName = "register_storage_index_filter",
            WhenNameEmpty = "expects index name",
            JavaScriptName = "registerStorageIndexFilter",
            DotNetName = "StorageIndexFilter",
        },
        new(CallbackKind.Shutdown, ExecutionMode.Shutdown, "The node stops and has time left.")
        {
            LuaName = "register_shutdown",
            JavaScriptName = "registerShutdown",
            DotNetName = "Shutdown",
        },
        Http(CallbackKind.Http, ExecutionMode.Http, "A request to a path of the game's own, on the port of clients.") with
        {
            LuaName = "register_http",
            JavaScriptName = "registerHttp",
            DotNetName = "Http",
        },
        Http(CallbackKind.ConsoleHttp, ExecutionMode.ConsoleHttp, "A request to a path of the game's own, on the port of the console.") with
        {
            LuaName = "register_console_http",
            JavaScriptName = "registerConsoleHttp",
            DotNetName = "ConsoleHttp",
        },
        new(CallbackKind.Job, ExecutionMode.Job, "The schedule of a job is due, on one node of the cluster.")
        {
            Names = CallbackNames.Exact,
            Arguments = [new("job", CallbackType.Record) { View = CallbackViews.OfJob }],
            OnFailure = "is logged and recorded; the next run follows the schedule",
            LuaName = "register_job",
            WhenNameEmpty = "expects job name",
            JavaScriptName = "registerJob",
            DotNetName = "Job",
        },
        Match(CallbackKind.MatchInit, "A match is made.") with
        {
            Mode = ExecutionMode.MatchCreate,
            Arguments = [new("params", CallbackType.Map)],
            Results = [State with { IsOptional = false }, new("tick_rate", CallbackType.Whole), new("label", CallbackType.Text)],
            OnFailure = "is the error of who makes it",
        },
        Match(CallbackKind.MatchJoinAttempt, "A player wants to join a match.") with
        {
            Arguments = [.. InMatch, new("presence", CallbackType.Record), new("metadata", CallbackType.Map)],
            Results = [State, new("accept", CallbackType.Flag), new("reason", CallbackType.Text) { IsOptional = true }],
        },
        Match(CallbackKind.MatchJoin, "Players have joined a match.") with { Arguments = [.. InMatch, Presences] },
        Match(CallbackKind.MatchLeave, "Players have left a match.") with { Arguments = [.. InMatch, Presences] },
        Match(CallbackKind.MatchLoop, "A match has its turn.") with { Arguments = [.. InMatch, new("messages", CallbackType.List)] },
        Match(CallbackKind.MatchTerminate, "The node stops and the match has time left.") with
        {
            Arguments = [.. InMatch, new("grace_seconds", CallbackType.Whole)],
        },
        Match(CallbackKind.MatchSignal, "Game logic sends something to a match.") with
        {
            Arguments = [.. InMatch, new("data", CallbackType.Text)],
            Results = [State, new("data", CallbackType.Text) { IsOptional = true }],
        },
    ];

    public static CallbackDescription Of(CallbackKind kind) => All[(int)kind];

    private static CallbackDescription Turn(CallbackKind kind, string mode, string summary, string title) => new(kind, mode, summary)
    {
        WhenResultWrong = NothingElse(title),
    };

    private static CallbackParameter[] TurnOf(Func<object, ScriptLanguage, ScriptValue> view) =>
        [new("tournament", CallbackType.Record) { View = view }, new("end", CallbackType.Whole), new("reset", CallbackType.Whole)];

    private static CallbackDescription Notification(
        CallbackKind kind, string mode, string store, string what, Func<object, ScriptLanguage, ScriptValue> view) =>
        new(kind, mode, $"{store} has news of a {what.ToLowerInvariant()}.")
        {
            Arguments =
            [
                new(what.ToLowerInvariant(), CallbackType.Record) { View = view },
                new("provider_payload", CallbackType.Text),
                new("notification_type", CallbackType.Text) { View = CallbackViews.OfNotificationType },
            ],
            WhenResultWrong = NothingElse($"{what} Notification {store}"),
            LuaName = $"register_{what.ToLowerInvariant()}_notification_{store.ToLowerInvariant()}",
            JavaScriptName = $"register{what}Notification{store}",
            DotNetName = $"{what}Notification{store}",
        };

    private static CallbackDescription Http(CallbackKind kind, string mode, string summary) => new(kind, mode, summary)
    {
        Names = CallbackNames.Exact,
        Arguments = [new("request", CallbackType.Record) { View = CallbackViews.OfHttpRequest }],
        Results = [new("response", CallbackType.Record) { IsOptional = true }],
        WhenResultWrong = "Unexpected return type from runtime HTTP handler, must be a response.",
        OnFailure = IsAnswered,
        WhenNameEmpty = "expects path",
    };

    private static CallbackDescription Match(CallbackKind kind, string summary) => new(kind, ExecutionMode.Match, summary)
    {
        Names = CallbackNames.Exact,
        Results = [State],
        OnFailure = EndsMatch,
    };

    private static LanguageText NothingElse(string title) => new(
        $"Unexpected return type from runtime {title} hook, must be nil.",
        $"Unexpected return type from runtime {title} hook, must be null or undefined.");
}
