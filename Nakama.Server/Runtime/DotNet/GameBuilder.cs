using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Google.Protobuf;
using Nakama.GameLogic;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>Wraps each function of a game in one that is called with values.</summary>
internal sealed class GameBuilder(RuntimeRegistrations registrations, GameInvoker invoker, GameContexts contexts) : IGameBuilder
{
    public IGameBuilder Rpc(string id, RpcHandler handler) => Add(
        CallbackKind.Rpc, id, async (call, cancellationToken) =>
            ScriptValue.Of(await handler(contexts.MakeForRpc(call.Context, cancellationToken), call.Arguments[0].AsText())));

    public IGameBuilder Rpc<TRequest, TResponse>(
        string id, RpcHandler<TRequest, TResponse> handler, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TResponse> responseType)
        where TRequest : notnull => Add(CallbackKind.Rpc, id, async (call, cancellationToken) =>
        {
            var request = Read(call.Arguments[0].AsText(), requestType);
            var response = await handler(contexts.MakeForRpc(call.Context, cancellationToken), request);
            return ScriptValue.Of(JsonSerializer.Serialize(response, responseType));
        });

    public IGameBuilder Before<TRequest, TResponse>(RequestKind<TRequest, TResponse> request, BeforeHandler<TRequest> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => Add(CallbackKind.BeforeRequest, request.Name, async (call, cancellationToken) =>
        {
            var changed = await handler(contexts.Make(call.Context, cancellationToken), (TRequest)call.Arguments[0].AsMessage()!);
            return changed is null ? ScriptValue.Null : ScriptValue.Message(changed);
        });

    public IGameBuilder After<TRequest, TResponse>(RequestKind<TRequest, TResponse> request, AfterHandler<TRequest, TResponse> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => Add(CallbackKind.AfterRequest, request.Name, async (call, cancellationToken) =>
        {
            await handler(
                contexts.Make(call.Context, cancellationToken), (TResponse?)call.Arguments[0].AsMessage(), (TRequest?)call.Arguments[1].AsMessage());
            return ScriptValue.Null;
        });

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

    private GameBuilder Add(CallbackKind kind, string name, GameFunction function)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        registrations.Add(kind, name);
        invoker.Set(kind, name, function);
        return this;
    }
}
