using Nakama.Protocol.Api;
using Nakama.Protocol.Realtime;
using Nakama.Server.Errors;
using Nakama.Server.Hooks;
using Nakama.Server.Leaderboards;
using Nakama.Server.Matchmaking;
using Nakama.Server.Purchases.StoreNotifications;
using Nakama.Server.Realtime;
using Nakama.Server.Rpc;
using Nakama.Server.Runtime.Events;
using Nakama.Server.Runtime.Http;
using Nakama.Server.Runtime.Jobs;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>Passes registered functions to the features that call them. A later registration replaces an earlier one.</summary>
internal sealed class CallbackConnections(
    RpcRegistry rpcs, HookRegistry hooks, EventRegistry events, StorageIndexRegistry indexes, LeaderboardCallbacks boards,
    MatchmakerHooks matchmaker, StoreNotificationRegistry stores, HttpHandlerRegistries http, JobRegistry jobs, FunctionFailures failures,
    ILogger<CallbackConnections> log)
{
    private static readonly HashSet<string> Requests = new(
        ApiReflection.Descriptor.Services[0].Methods.Select(static method => method.Name), StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Messages = new(
        Enum.GetValues<Envelope.MessageOneofCase>().Where(RealtimeMap.IsFromClients).Select(static message => message.ToString()), StringComparer.OrdinalIgnoreCase);

    /// <summary>Called when the node stops with a grace period for modules.</summary>
    public Func<CancellationToken, ValueTask>? Shutdown { get; private set; }

    /// <exception cref="StartupException">The server has no feature that calls functions of this kind.</exception>
    public void Connect(RegisteredCallback callback)
    {
        var (invoker, kind, name) = (callback.Invoker, callback.Kind, callback.Name);
        var handlers = new CallbackHandlers(new WatchedInvoker(invoker, kind, name, failures), log);
        switch (kind)
        {
            case CallbackKind.Rpc:
                rpcs.Register(name, handlers.Rpc(name));
                ModuleLog.RegisteredRpc(log, invoker.Language, name);
                break;
            // A name that matches no method or message is accepted and never called.
            case CallbackKind.BeforeRequest: if (Requests.Contains(name)) hooks.Before(name, handlers.Before(kind, name)); break;
            case CallbackKind.AfterRequest: if (Requests.Contains(name)) hooks.After(name, handlers.After(kind, name)); break;
            case CallbackKind.BeforeMessage: if (Messages.Contains(name)) hooks.Before(name, handlers.Before(kind, name)); break;
            case CallbackKind.AfterMessage: if (Messages.Contains(name)) hooks.After(name, handlers.After(kind, name)); break;
            case CallbackKind.Event or CallbackKind.SessionStart or CallbackKind.SessionEnd:
                events.Of(kind).Set(callback.KeyOfAll, handlers.Event(kind, name));
                break;
            case CallbackKind.MatchmakerMatched: matchmaker.Matched = handlers.Matched(); break;
            case CallbackKind.MatchmakerOverride: matchmaker.Override = handlers.Override(); break;
            case CallbackKind.MatchmakerProcessor: matchmaker.Processor = handlers.Processor(); break;
            case CallbackKind.TournamentEnd: boards.TournamentEnd = handlers.Turn(kind); break;
            case CallbackKind.TournamentReset: boards.TournamentReset = handlers.Turn(kind); break;
            case CallbackKind.LeaderboardReset: boards.LeaderboardReset = handlers.LeaderboardReset(); break;
            case CallbackKind.PurchaseNotificationApple: stores.ApplePurchase = handlers.Purchase(kind); break;
            case CallbackKind.PurchaseNotificationGoogle: stores.GooglePurchase = handlers.Purchase(kind); break;
            case CallbackKind.SubscriptionNotificationApple: stores.AppleSubscription = handlers.Subscription(kind); break;
            case CallbackKind.SubscriptionNotificationGoogle: stores.GoogleSubscription = handlers.Subscription(kind); break;
            case CallbackKind.StorageIndexFilter: indexes.Filter(name, handlers.Filter(name)); break;
            case CallbackKind.Http or CallbackKind.ConsoleHttp: http.Of(kind).Register(name, handlers.Http(kind, name)); break;
            case CallbackKind.Job: jobs.Set(callback.Job, handlers.Job(callback.Job)); break;
            case CallbackKind.Shutdown: Shutdown = handlers.ShutdownAsync; break;
            default: throw new StartupException($"A module registers a function for {kind}, which this server does not call.");
        }
    }

    /// <summary>Ends the calls of a function that is no longer registered.</summary>
    public void Disconnect(RegisteredCallback callback)
    {
        var (kind, name) = (callback.Kind, callback.Name);
        switch (kind)
        {
            case CallbackKind.Rpc: rpcs.Remove(name); break;
            case CallbackKind.BeforeRequest or CallbackKind.BeforeMessage: hooks.RemoveBefore(name); break;
            case CallbackKind.AfterRequest or CallbackKind.AfterMessage: hooks.RemoveAfter(name); break;
            case CallbackKind.Event or CallbackKind.SessionStart or CallbackKind.SessionEnd: events.Of(kind).Remove(callback.KeyOfAll); break;
            case CallbackKind.MatchmakerMatched: matchmaker.Matched = null; break;
            case CallbackKind.MatchmakerOverride: matchmaker.Override = null; break;
            case CallbackKind.MatchmakerProcessor: matchmaker.Processor = null; break;
            case CallbackKind.TournamentEnd: boards.TournamentEnd = null; break;
            case CallbackKind.TournamentReset: boards.TournamentReset = null; break;
            case CallbackKind.LeaderboardReset: boards.LeaderboardReset = null; break;
            case CallbackKind.PurchaseNotificationApple: stores.ApplePurchase = null; break;
            case CallbackKind.PurchaseNotificationGoogle: stores.GooglePurchase = null; break;
            case CallbackKind.SubscriptionNotificationApple: stores.AppleSubscription = null; break;
            case CallbackKind.SubscriptionNotificationGoogle: stores.GoogleSubscription = null; break;
            case CallbackKind.StorageIndexFilter: indexes.RemoveFilter(name); break;
            case CallbackKind.Http or CallbackKind.ConsoleHttp: http.Of(kind).Remove(name); break;
            case CallbackKind.Job: jobs.Remove(name); break;
            case CallbackKind.Shutdown: Shutdown = null; break;
            default: break;
        }
    }

    /// <summary>The registered index of that name; null when there is none.</summary>
    public StorageIndexDefinition? FindIndex(string name) => indexes.Definitions.FirstOrDefault(known => known.Name == name);

    /// <summary>Adds all of the indexes, or none when one is refused.</summary>
    /// <exception cref="StartupException">Another index has that name, or a required value is missing.</exception>
    public void Define(IReadOnlyCollection<StorageIndexDefinition> definitions)
    {
        try
        {
            indexes.DefineAll(definitions);
        }
        catch (StorageIndexException e)
        {
            throw new StartupException($"The storage indexes {string.Join(", ", definitions.Select(static index => index.Name))} of the modules are refused: {e.Message}", e);
        }
    }
}
