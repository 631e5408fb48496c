using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Nakama.GameLogic.Matches;

namespace Nakama.GameLogic.Testing;

/// <summary>Collects what a module registers.</summary>
internal sealed class TestGameBuilder : IGameBuilder
{
    public Dictionary<string, RpcHandler> Rpcs { get; } = [];

    /// <summary>Functions of which there is one for a name.</summary>
    public Dictionary<string, Delegate> Hooks { get; } = [];

    public List<GameEventHandler> Events { get; } = [];

    public List<GameEventHandler> SessionStarts { get; } = [];

    public List<GameEventHandler> SessionEnds { get; } = [];

    public List<StorageIndex> Indexes { get; } = [];

    public Dictionary<string, (string Schedule, JobHandler Handler)> Jobs { get; } = [];

    public Dictionary<string, GameHttpHandler> Paths { get; } = [];

    public Dictionary<string, Func<IServiceProvider, MatchHandler>> Matches { get; } = [];

    public MatchmakerMatchedHandler? Matched { get; private set; }

    public ShutdownHandler? Stopping { get; private set; }

    public IGameBuilder Rpc(string id, RpcHandler handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        Rpcs[id.ToLowerInvariant()] = handler;
        return this;
    }

    public IGameBuilder Rpc<TRequest, TResponse>(
        string id, RpcHandler<TRequest, TResponse> handler, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TResponse> responseType)
        where TRequest : notnull => Rpc(id, async (context, payload) =>
            JsonSerializer.Serialize(await handler(context, Read(payload, requestType)), responseType));

    public IGameBuilder Before<TRequest, TResponse>(RequestKind<TRequest, TResponse> request, BeforeHandler<TRequest> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => Hook($"before {request.Name}", handler);

    public IGameBuilder After<TRequest, TResponse>(RequestKind<TRequest, TResponse> request, AfterHandler<TRequest, TResponse> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => Hook($"after {request.Name}", handler);

    public IGameBuilder BeforeMessage<TMessage>(MessageKind<TMessage> message, BeforeMessageHandler<TMessage> handler)
        where TMessage : class, IMessage<TMessage> => Hook($"before message {message.Name}", handler);

    public IGameBuilder AfterMessage<TMessage>(MessageKind<TMessage> message, AfterMessageHandler<TMessage> handler)
        where TMessage : class, IMessage<TMessage> => Hook($"after message {message.Name}", handler);

    public IGameBuilder Event(GameEventHandler handler) => Add(Events, handler);

    public IGameBuilder SessionStart(GameEventHandler handler) => Add(SessionStarts, handler);

    public IGameBuilder SessionEnd(GameEventHandler handler) => Add(SessionEnds, handler);

    public IGameBuilder MatchmakerMatched(MatchmakerMatchedHandler handler)
    {
        Matched = handler;
        return this;
    }

    public IGameBuilder MatchmakerOverride(MatchmakerOverrideHandler handler) => Hook(nameof(MatchmakerOverride), handler);

    public IGameBuilder MatchmakerProcessor(MatchmakerProcessorHandler handler) => Hook(nameof(MatchmakerProcessor), handler);

    public IGameBuilder TournamentEnd(TournamentHandler handler) => Hook(nameof(TournamentEnd), handler);

    public IGameBuilder TournamentReset(TournamentHandler handler) => Hook(nameof(TournamentReset), handler);

    public IGameBuilder LeaderboardReset(LeaderboardHandler handler) => Hook(nameof(LeaderboardReset), handler);

    public IGameBuilder PurchaseNotificationApple(PurchaseNotificationHandler handler) => Hook(nameof(PurchaseNotificationApple), handler);

    public IGameBuilder PurchaseNotificationGoogle(PurchaseNotificationHandler handler) => Hook(nameof(PurchaseNotificationGoogle), handler);

    public IGameBuilder SubscriptionNotificationApple(SubscriptionNotificationHandler handler) => Hook(nameof(SubscriptionNotificationApple), handler);

    public IGameBuilder SubscriptionNotificationGoogle(SubscriptionNotificationHandler handler) => Hook(nameof(SubscriptionNotificationGoogle), handler);

    public IGameBuilder StorageIndex(StorageIndex index) => Add(Indexes, index);

    public IGameBuilder StorageIndexFilter(string indexName, StorageIndexFilterHandler handler) => Hook($"{nameof(StorageIndexFilter)} {indexName}", handler);

    public IGameBuilder Http(string path, GameHttpHandler handler, params string[] methods) => OnPath(path, handler);

    public IGameBuilder ConsoleHttp(string path, GameHttpHandler handler, params string[] methods) => OnPath(path, handler);

    public IGameBuilder Match<THandler>(string name)
        where THandler : MatchHandler
    {
        Matches[name] = static services => ActivatorUtilities.CreateInstance<THandler>(services);
        return this;
    }

    public IGameBuilder Job(string name, string schedule, JobHandler handler)
    {
        Jobs[name] = (schedule, handler);
        return this;
    }

    public IGameBuilder Shutdown(ShutdownHandler handler)
    {
        Stopping = handler;
        return this;
    }

    private static TRequest Read<TRequest>(string payload, JsonTypeInfo<TRequest> type)
    {
        try
        {
            if (JsonSerializer.Deserialize(payload, type) is { } request) return request;
        }
        catch (JsonException e)
        {
            throw new GameException(GameErrorCode.InvalidArgument, $"The payload is not valid: {e.Message}", e);
        }

        throw new GameException(GameErrorCode.InvalidArgument, "The payload is not valid: it is null.");
    }

    private TestGameBuilder OnPath(string path, GameHttpHandler handler)
    {
        Paths[path] = handler;
        return this;
    }

    private TestGameBuilder Hook(string name, Delegate handler)
    {
        Hooks[name] = handler;
        return this;
    }

    private TestGameBuilder Add<T>(List<T> list, T item)
    {
        list.Add(item);
        return this;
    }
}
