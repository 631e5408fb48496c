using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Api;
using Nakama.Protocol.Realtime;

namespace Nakama.GameLogic.Testing;

/// <content>Calls of the module's functions. Each has a scope of services of its own, as on the server.</content>
public sealed partial class GameTestHost
{
    private static readonly ReadOnlyDictionary<string, IReadOnlyList<string>> Nothing = ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>Calls a function by its id.</summary>
    /// <param name="id">The id, in any case.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="caller">The caller; null for another server.</param>
    /// <exception cref="GameException">The function refuses the call.</exception>
    public async Task<string> RpcAsync(string id, string payload = "", TestSession? caller = null)
    {
        var function = Find(_game.Rpcs, id.ToLowerInvariant(), "function");
        await using var scope = _services.CreateAsyncScope();
        return await function(new RpcContext(ContextOf("rpc", caller, scope), Nothing, Nothing), payload) ?? "";
    }

    /// <summary>Calls a function by its id, with JSON.</summary>
    /// <exception cref="GameException">The function refuses the call.</exception>
    public async Task<TResponse?> RpcAsync<TRequest, TResponse>(
        string id, TRequest request, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TResponse> responseType, TestSession? caller = null) =>
        JsonSerializer.Deserialize(await RpcAsync(id, JsonSerializer.Serialize(request, requestType), caller), responseType);

    /// <summary>Calls the hook before a method of the API; without a hook the request is returned. Null refuses it.</summary>
    public async Task<TRequest?> BeforeAsync<TRequest, TResponse>(RequestKind<TRequest, TResponse> kind, TRequest request, TestSession? caller = null)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        if (!_game.Hooks.TryGetValue($"before {kind.Name}", out var hook)) return request;
        await using var scope = _services.CreateAsyncScope();
        return await ((BeforeHandler<TRequest>)hook)(ContextOf("before", caller, scope), request);
    }

    /// <summary>Calls the hook after a method of the API, if there is one.</summary>
    public async Task AfterAsync<TRequest, TResponse>(
        RequestKind<TRequest, TResponse> kind, TResponse? response, TRequest? request, TestSession? caller = null)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        if (!_game.Hooks.TryGetValue($"after {kind.Name}", out var hook)) return;
        await using var scope = _services.CreateAsyncScope();
        await ((AfterHandler<TRequest, TResponse>)hook)(ContextOf("after", caller, scope), response, request);
    }

    /// <summary>Calls the hook before a message of the socket; without a hook the message is returned. Null refuses it.</summary>
    public async Task<TMessage?> BeforeMessageAsync<TMessage>(MessageKind<TMessage> kind, TMessage message, TestSession caller)
        where TMessage : class, IMessage<TMessage>
    {
        if (!_game.Hooks.TryGetValue($"before message {kind.Name}", out var hook)) return message;
        await using var scope = _services.CreateAsyncScope();
        return await ((BeforeMessageHandler<TMessage>)hook)(ContextOf("before", caller, scope), message);
    }

    /// <summary>Calls the hook after a message of the socket, if there is one.</summary>
    public async Task AfterMessageAsync<TMessage>(MessageKind<TMessage> kind, Envelope? response, TMessage message, TestSession caller)
        where TMessage : class, IMessage<TMessage>
    {
        if (!_game.Hooks.TryGetValue($"after message {kind.Name}", out var hook)) return;
        await using var scope = _services.CreateAsyncScope();
        await ((AfterMessageHandler<TMessage>)hook)(ContextOf("after", caller, scope), response, message);
    }

    /// <summary>Passes an event to all functions for events.</summary>
    public Task RaiseAsync(Event happened, TestSession? caller = null) => RaiseAsync(_game.Events, happened, caller);

    /// <summary>Passes the begin of a session to all functions for it.</summary>
    public Task StartSessionAsync(TestSession session) => RaiseAsync(_game.SessionStarts, new Event { Name = "session_start" }, session);

    /// <summary>Passes the end of a session to all functions for it.</summary>
    public Task EndSessionAsync(TestSession session, string reason = "") =>
        RaiseAsync(_game.SessionEnds, new Event { Name = "session_end", Properties = { ["reason"] = reason } }, session);

    /// <summary>Calls the function for matched players; null without one.</summary>
    public async Task<string?> MatchedAsync(params MatchmakerEntry[] entries)
    {
        if (_game.Matched is not { } function) return null;
        await using var scope = _services.CreateAsyncScope();
        return await function(ContextOf("matchmaker", null, scope), entries);
    }

    /// <summary>Calls one of the functions that have no caller, such as those for leaderboards or the matchmaker.</summary>
    /// <typeparam name="THandler">The type of the function, such as <see cref="LeaderboardHandler"/>.</typeparam>
    /// <param name="name">The method of <see cref="IGameBuilder"/> that registers it, with the name of the index if it has one.</param>
    /// <param name="call">Calls the function.</param>
    public async Task CallAsync<THandler>(string name, Func<THandler, GameContext, Task> call)
        where THandler : Delegate
    {
        var function = (THandler)Find(_game.Hooks, name, "function for");
        await using var scope = _services.CreateAsyncScope();
        await call(function, ContextOf("", null, scope));
    }

    /// <summary>Runs a job now.</summary>
    public async Task RunJobAsync(string name)
    {
        var (schedule, function) = Find(_game.Jobs, name, "job");
        await using var scope = _services.CreateAsyncScope();
        await function(ContextOf("job", null, scope), new GameJob(name, schedule, Clock.GetUtcNow(), IsRequested: true, Attempt: 1));
    }

    /// <summary>Sends an HTTP request to a function by the path under which it is registered.</summary>
    /// <param name="path">The path as it is registered, such as <c>/scores/{id}</c>.</param>
    /// <param name="request">The request.</param>
    public async Task<GameHttpResponse> HttpAsync(string path, GameHttpRequest request)
    {
        var function = Find(_game.Paths, path, "path");
        await using var scope = _services.CreateAsyncScope();
        return await function(ContextOf("http", null, scope), request);
    }

    /// <summary>Calls the function for the end of the node, if there is one.</summary>
    public async Task ShutdownAsync()
    {
        if (_game.Stopping is not { } function) return;
        await using var scope = _services.CreateAsyncScope();
        await function(ContextOf("shutdown", null, scope));
    }

    private async Task RaiseAsync(List<GameEventHandler> functions, Event happened, TestSession? caller)
    {
        foreach (var function in functions)
        {
            await using var scope = _services.CreateAsyncScope();
            await function(ContextOf("event", caller, scope), happened);
        }
    }

    private GameContext ContextOf(string mode, TestSession? caller, AsyncServiceScope scope) => new()
    {
        Node = NodeName,
        Version = "test",
        Mode = mode,
        Environment = Environment,
        Services = scope.ServiceProvider,
        UserId = caller?.UserId,
        Username = caller?.Username ?? "",
        SessionId = caller?.SessionId,
        Vars = caller?.Vars ?? ReadOnlyDictionary<string, string>.Empty,
    };

    private static T Find<T>(Dictionary<string, T> known, string name, string what) => known.TryGetValue(name, out var found)
        ? found
        : throw new KeyNotFoundException($"The module has no {what} {name}; it has: {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}.");
}
