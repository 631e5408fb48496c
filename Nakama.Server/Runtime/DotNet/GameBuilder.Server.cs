using Nakama.GameLogic;
using Nakama.GameLogic.Matches;
using Nakama.Protocol.Api;
using Nakama.Server.Errors;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Runtime.Http;
using Nakama.Server.Runtime.Jobs;
using MatchmakerEntry = Nakama.GameLogic.MatchmakerEntry;
using ServerEntry = Nakama.Server.Matchmaking.MatchmakerEntry;

namespace Nakama.Server.Runtime.DotNet;

/// <content>Functions that the server calls by itself: for events, the matchmaker, schedules, stores, indexes and HTTP paths.</content>
internal sealed partial class GameBuilder
{
    public IGameBuilder Event(GameEventHandler handler) => OnEvent(CallbackKind.Event, handler);

    public IGameBuilder SessionStart(GameEventHandler handler) => OnEvent(CallbackKind.SessionStart, handler);

    public IGameBuilder SessionEnd(GameEventHandler handler) => OnEvent(CallbackKind.SessionEnd, handler);

    public IGameBuilder MatchmakerMatched(MatchmakerMatchedHandler handler) => Add(CallbackKind.MatchmakerMatched, "", async (context, arguments) =>
        ScriptValue.Of(await handler(context, GameRecords.Entries((IReadOnlyList<ServerEntry>)arguments[0].AsNative()))));

    public IGameBuilder MatchmakerOverride(MatchmakerOverrideHandler handler) => Add(CallbackKind.MatchmakerOverride, "", async (context, arguments) =>
    {
        var candidates = ((IReadOnlyList<IReadOnlyList<ServerEntry>>)arguments[0].AsNative()).Select(GameRecords.Entries).ToArray();
        return GroupsOf(await handler(context, candidates));
    });

    public IGameBuilder MatchmakerProcessor(MatchmakerProcessorHandler handler) => Add(CallbackKind.MatchmakerProcessor, "", async (context, arguments) =>
        GroupsOf(await handler(context, GameRecords.Entries((IReadOnlyList<ServerEntry>)arguments[0].AsNative()))));

    public IGameBuilder TournamentEnd(TournamentHandler handler) => OnTurn(CallbackKind.TournamentEnd, handler);

    public IGameBuilder TournamentReset(TournamentHandler handler) => OnTurn(CallbackKind.TournamentReset, handler);

    public IGameBuilder LeaderboardReset(LeaderboardHandler handler) => Run(CallbackKind.LeaderboardReset, "", (context, arguments) =>
        handler(context, (Leaderboard)arguments[0].AsNative(), InstantOf(arguments[1])));

    public IGameBuilder PurchaseNotificationApple(PurchaseNotificationHandler handler) => OnPurchase(CallbackKind.PurchaseNotificationApple, handler);

    public IGameBuilder PurchaseNotificationGoogle(PurchaseNotificationHandler handler) => OnPurchase(CallbackKind.PurchaseNotificationGoogle, handler);

    public IGameBuilder SubscriptionNotificationApple(SubscriptionNotificationHandler handler) =>
        OnSubscription(CallbackKind.SubscriptionNotificationApple, handler);

    public IGameBuilder SubscriptionNotificationGoogle(SubscriptionNotificationHandler handler) =>
        OnSubscription(CallbackKind.SubscriptionNotificationGoogle, handler);

    public IGameBuilder StorageIndex(StorageIndex index)
    {
        registrations.StorageIndexes.Add(new(index.Name, index.Collection, index.Key, index.Fields, index.SortableFields, index.MaxEntries, index.IndexOnly));
        return this;
    }

    public IGameBuilder StorageIndexFilter(string indexName, StorageIndexFilterHandler handler) =>
        Add(CallbackKind.StorageIndexFilter, indexName, async (context, arguments) =>
            ScriptValue.Of(await handler(context, GameRecords.Write((Storage.StorageWrite)arguments[0].AsNative()))));

    public IGameBuilder Http(string path, GameHttpHandler handler, params string[] methods) => OnHttp(CallbackKind.Http, path, handler, methods);

    public IGameBuilder ConsoleHttp(string path, GameHttpHandler handler, params string[] methods) => OnHttp(CallbackKind.ConsoleHttp, path, handler, methods);

    public IGameBuilder Match<THandler>(string name)
        where THandler : MatchHandler
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        matches.Add<THandler>(name);
        return this;
    }

    public IGameBuilder Job(string name, string schedule, JobHandler handler)
    {
        var job = Checked($"The job {name}", () => JobDefinition.Of(name, schedule));
        Run(CallbackKind.Job, name, (context, arguments) => handler(context, GameRecords.Job((JobRun)arguments[0].AsNative())));
        registrations.AddJob(job);
        return this;
    }

    public IGameBuilder Shutdown(ShutdownHandler handler) => Run(CallbackKind.Shutdown, "", (context, _) => handler(context));

    private GameBuilder OnEvent(CallbackKind kind, GameEventHandler handler) =>
        RunAll(kind, (context, arguments) => handler(context, (Event)arguments[0].AsMessage()!));

    private GameBuilder OnTurn(CallbackKind kind, TournamentHandler handler) => Run(kind, "", (context, arguments) =>
        handler(context, (Tournament)arguments[0].AsNative(), InstantOf(arguments[1]), InstantOf(arguments[2])));

    private GameBuilder OnPurchase(CallbackKind kind, PurchaseNotificationHandler handler) => Run(kind, "", (context, arguments) =>
        handler(context, NotificationOf(arguments[2]), (ValidatedPurchase)arguments[0].AsNative(), arguments[1].AsText()));

    private GameBuilder OnSubscription(CallbackKind kind, SubscriptionNotificationHandler handler) => Run(kind, "", (context, arguments) =>
        handler(context, NotificationOf(arguments[2]), (ValidatedSubscription)arguments[0].AsNative(), arguments[1].AsText()));

    private GameBuilder OnHttp(CallbackKind kind, string path, GameHttpHandler handler, string[] methods) =>
        Add(kind, Checked($"The path {path}", () => HttpHandlerPath.NameOf(kind, path, methods)), async (context, arguments) =>
            ScriptValue.Native(GameRecords.Response(await handler(context, GameRecords.Request((HttpHandlerRequest)arguments[0].AsNative())))));

    private static StoreNotification NotificationOf(in ScriptValue type) => (StoreNotification)(int)type.AsNative();

    private static DateTimeOffset? InstantOf(in ScriptValue seconds) => seconds.AsWhole() is > 0 and var given ? DateTimeOffset.FromUnixTimeSeconds(given) : null;

    private static ScriptValue GroupsOf(IReadOnlyList<IReadOnlyList<MatchmakerEntry>> groups) =>
        ScriptValue.Native((IReadOnlyList<IReadOnlyList<ServerEntry>>)[.. groups.Select(GameRecords.Sources)]);

    /// <exception cref="StartupException">The definition is not valid.</exception>
    private static T Checked<T>(string what, Func<T> define)
    {
        try
        {
            return define();
        }
        catch (FunctionException e)
        {
            throw new StartupException($"{what} of the game is refused: {e.Message}.", e);
        }
    }
}
