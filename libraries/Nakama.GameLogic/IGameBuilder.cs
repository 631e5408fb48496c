using System.Text.Json.Serialization.Metadata;
using Google.Protobuf;
using Nakama.GameLogic.Matches;

namespace Nakama.GameLogic;

/// <summary>
/// Registers the functions of a game. Of two functions for the same purpose the last one is used, and a function in C# takes
/// precedence over one of a script.
/// </summary>
public interface IGameBuilder
{
    /// <summary>A function that clients and other servers call by its id: text in, text out.</summary>
    IGameBuilder Rpc(string id, RpcHandler handler);

    /// <summary>
    /// A function that clients and other servers call by its id, with JSON of the given types. An invalid payload is refused with
    /// <see cref="GameErrorCode.InvalidArgument"/>.
    /// </summary>
    IGameBuilder Rpc<TRequest, TResponse>(
        string id, RpcHandler<TRequest, TResponse> handler, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TResponse> responseType)
        where TRequest : notnull;

    /// <summary>A function that runs before a method of the API.</summary>
    IGameBuilder Before<TRequest, TResponse>(RequestKind<TRequest, TResponse> request, BeforeHandler<TRequest> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>;

    /// <summary>A function that runs after a method of the API has succeeded.</summary>
    IGameBuilder After<TRequest, TResponse>(RequestKind<TRequest, TResponse> request, AfterHandler<TRequest, TResponse> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>;

    /// <summary>A function that runs before a message of the socket.</summary>
    IGameBuilder BeforeMessage<TMessage>(MessageKind<TMessage> message, BeforeMessageHandler<TMessage> handler)
        where TMessage : class, IMessage<TMessage>;

    /// <summary>A function that runs after a message of the socket has succeeded.</summary>
    IGameBuilder AfterMessage<TMessage>(MessageKind<TMessage> message, AfterMessageHandler<TMessage> handler)
        where TMessage : class, IMessage<TMessage>;

    /// <summary>A function for the events of clients and of game logic. Several may be registered; all are called.</summary>
    IGameBuilder Event(GameEventHandler handler);

    /// <summary>A function for the begin of sessions. Several may be registered; all are called.</summary>
    IGameBuilder SessionStart(GameEventHandler handler);

    /// <summary>A function for the end of sessions; the property <c>reason</c> of the event says why. Several may be registered; all are called.</summary>
    IGameBuilder SessionEnd(GameEventHandler handler);

    /// <summary>A function that runs when players were matched.</summary>
    IGameBuilder MatchmakerMatched(MatchmakerMatchedHandler handler);

    /// <summary>A function that chooses among the matches that the matchmaker could make.</summary>
    IGameBuilder MatchmakerOverride(MatchmakerOverrideHandler handler);

    /// <summary>A function that makes matches in place of the matchmaker's rules.</summary>
    IGameBuilder MatchmakerProcessor(MatchmakerProcessorHandler handler);

    /// <summary>A function that runs when a round of a tournament stops accepting scores.</summary>
    IGameBuilder TournamentEnd(TournamentHandler handler);

    /// <summary>A function that runs when the next round of a tournament begins.</summary>
    IGameBuilder TournamentReset(TournamentHandler handler);

    /// <summary>A function that runs when a leaderboard begins its next period.</summary>
    IGameBuilder LeaderboardReset(LeaderboardHandler handler);

    /// <summary>A function for notifications of Apple about purchases.</summary>
    IGameBuilder PurchaseNotificationApple(PurchaseNotificationHandler handler);

    /// <summary>A function for notifications of Google about purchases.</summary>
    IGameBuilder PurchaseNotificationGoogle(PurchaseNotificationHandler handler);

    /// <summary>A function for notifications of Apple about subscriptions.</summary>
    IGameBuilder SubscriptionNotificationApple(SubscriptionNotificationHandler handler);

    /// <summary>A function for notifications of Google about subscriptions.</summary>
    IGameBuilder SubscriptionNotificationGoogle(SubscriptionNotificationHandler handler);

    /// <summary>An index over the objects of a collection. The server does not start when the definition is not valid.</summary>
    IGameBuilder StorageIndex(StorageIndex index);

    /// <summary>A function that decides which objects belong to an index.</summary>
    IGameBuilder StorageIndexFilter(string indexName, StorageIndexFilterHandler handler);

    /// <summary>
    /// A function for HTTP requests on the port of clients. The server does not authenticate them.
    /// </summary>
    /// <param name="path">
    /// The path. A segment <c>{name}</c> matches one segment, and a last segment <c>{name*}</c> the rest of the path.
    /// </param>
    /// <param name="handler">The function.</param>
    /// <param name="methods">The methods; none for all.</param>
    IGameBuilder Http(string path, GameHttpHandler handler, params string[] methods);

    /// <summary>A function for HTTP requests on the port of the console.</summary>
    /// <inheritdoc cref="Http" path="/param"/>
    IGameBuilder ConsoleHttp(string path, GameHttpHandler handler, params string[] methods);

    /// <summary>A handler for matches, which <see cref="Functions.IMatches.CreateAsync"/> starts by its name.</summary>
    /// <typeparam name="THandler">The handler, a class that derives from <see cref="MatchHandler{TState}"/>.</typeparam>
    /// <param name="name">The name of the handler.</param>
    IGameBuilder Match<THandler>(string name)
        where THandler : MatchHandler;

    /// <summary>A function that runs on a schedule, on one node of the cluster.</summary>
    /// <param name="name">The name of the job in the cluster.</param>
    /// <param name="schedule">A cron expression.</param>
    /// <param name="handler">The function.</param>
    IGameBuilder Job(string name, string schedule, JobHandler handler);

    /// <summary>A function that runs when the node stops with a grace period.</summary>
    IGameBuilder Shutdown(ShutdownHandler handler);
}
