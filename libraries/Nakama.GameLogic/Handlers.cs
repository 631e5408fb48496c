using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;
using Nakama.Protocol.Realtime;

namespace Nakama.GameLogic;

/// <summary>A function that is called by its id. A null result is sent as an empty text.</summary>
/// <exception cref="GameException">The call is refused; the caller receives the code and the message.</exception>
public delegate Task<string?> RpcHandler(RpcContext context, string payload);

/// <summary>A function that is called by its id, with JSON.</summary>
/// <exception cref="GameException">The call is refused; the caller receives the code and the message.</exception>
public delegate Task<TResponse> RpcHandler<in TRequest, TResponse>(RpcContext context, TRequest request);

/// <summary>
/// Runs before a method of the API. Its result replaces the request; null refuses it as not found. A request without fields
/// cannot be replaced.
/// </summary>
/// <exception cref="GameException">The request is refused; the client receives the code and the message.</exception>
public delegate Task<TRequest?> BeforeHandler<TRequest>(GameContext context, TRequest request)
    where TRequest : class;

/// <summary>
/// Runs after a method of the API has succeeded. A failure is logged and does not affect the response to the client. Responses
/// and requests without fields are null.
/// </summary>
public delegate Task AfterHandler<in TRequest, in TResponse>(GameContext context, TResponse? response, TRequest? request)
    where TRequest : class
    where TResponse : class;

/// <summary>
/// Runs before a message of the socket is handled. Its result replaces the message; null refuses it as not found.
/// </summary>
/// <exception cref="GameException">The message is refused; the client receives the text, and the socket stays open.</exception>
public delegate Task<TMessage?> BeforeMessageHandler<TMessage>(GameContext context, TMessage message)
    where TMessage : class;

/// <summary>
/// Runs after a message of the socket was handled. A failure is logged. The response is null for messages that have none.
/// </summary>
public delegate Task AfterMessageHandler<in TMessage>(GameContext context, Envelope? response, TMessage message)
    where TMessage : class;

/// <summary>Handles an event. All handlers of an event are called, a few at a time, after the event; a failure is logged.</summary>
public delegate Task GameEventHandler(GameContext context, Event happened);

/// <summary>
/// Runs when players were matched. The result is the id of a match of game logic that they shall join; null lets them join a
/// relayed match.
/// </summary>
public delegate Task<string?> MatchmakerMatchedHandler(GameContext context, IReadOnlyList<MatchmakerEntry> entries);

/// <summary>
/// Chooses among the matches that could be made, which may share players; the result are matches of them, each player at most
/// once. Players that are left out keep waiting.
/// </summary>
public delegate Task<IReadOnlyList<IReadOnlyList<MatchmakerEntry>>> MatchmakerOverrideHandler(
    GameContext context, IReadOnlyList<IReadOnlyList<MatchmakerEntry>> candidates);

/// <summary>
/// Makes matches of all players who wait, in place of the matchmaker's rules. Players that are left out keep waiting.
/// </summary>
public delegate Task<IReadOnlyList<IReadOnlyList<MatchmakerEntry>>> MatchmakerProcessorHandler(
    GameContext context, IReadOnlyList<MatchmakerEntry> entries);

/// <summary>Runs when a round of a tournament ends or the next one begins.</summary>
/// <param name="context">The context, without a user.</param>
/// <param name="tournament">The tournament as it was in the round.</param>
/// <param name="end">The end of the round; null for never.</param>
/// <param name="reset">When the next round begins; null for never.</param>
public delegate Task TournamentHandler(GameContext context, Tournament tournament, DateTimeOffset? end, DateTimeOffset? reset);

/// <summary>Runs when a leaderboard begins its next period.</summary>
/// <param name="context">The context, without a user.</param>
/// <param name="leaderboard">The leaderboard as it was in the period.</param>
/// <param name="reset">When the next period ends; null for never.</param>
public delegate Task LeaderboardHandler(GameContext context, Leaderboard leaderboard, DateTimeOffset? reset);

/// <summary>Runs when a store reports a change of a purchase.</summary>
/// <param name="context">The context, without a user.</param>
/// <param name="notification">What the store reports.</param>
/// <param name="purchase">The purchase.</param>
/// <param name="payload">The message of the store as JSON.</param>
public delegate Task PurchaseNotificationHandler(GameContext context, StoreNotification notification, ValidatedPurchase purchase, string payload);

/// <summary>Runs when a store reports a change of a subscription.</summary>
/// <param name="context">The context, without a user.</param>
/// <param name="notification">What the store reports.</param>
/// <param name="subscription">The subscription.</param>
/// <param name="payload">The message of the store as JSON.</param>
public delegate Task SubscriptionNotificationHandler(
    GameContext context, StoreNotification notification, ValidatedSubscription subscription, string payload);

/// <summary>Decides whether an object that was written belongs to an index. A failure is logged and leaves the index as it is.</summary>
public delegate Task<bool> StorageIndexFilterHandler(GameContext context, StorageWrite write);

/// <summary>Answers an HTTP request to a path of the game's own.</summary>
/// <exception cref="GameException">The request is refused; the client receives the code and the message.</exception>
public delegate Task<GameHttpResponse> GameHttpHandler(GameContext context, GameHttpRequest request);

/// <summary>Runs a scheduled job. A failure is logged and recorded; the next run follows the schedule.</summary>
public delegate Task JobHandler(GameContext context, GameJob job);

/// <summary>Runs when the node stops and has time left; it is canceled when the time is over.</summary>
public delegate Task ShutdownHandler(GameContext context);
