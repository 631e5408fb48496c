using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Google.Protobuf;
using Nakama.GameLogic;
using Nakama.Protocol.Realtime;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>Wraps each function of a game in one that is called with values.</summary>
internal sealed partial class GameBuilder(RuntimeRegistrations registrations, GameInvoker invoker, GameMatchHandlers matches) : IGameBuilder
{
    public IGameBuilder Rpc(string id, RpcHandler handler) => Add(
        CallbackKind.Rpc, id, async (context, arguments) => ScriptValue.Of(await handler((RpcContext)context, arguments[0].AsText())));

    public IGameBuilder Rpc<TRequest, TResponse>(
        string id, RpcHandler<TRequest, TResponse> handler, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TResponse> responseType)
        where TRequest : notnull => Add(CallbackKind.Rpc, id, async (context, arguments) =>
        {
            var request = Read(arguments[0].AsText(), requestType);
            return ScriptValue.Of(JsonSerializer.Serialize(await handler((RpcContext)context, request), responseType));
        });

    public IGameBuilder Before<TRequest, TResponse>(RequestKind<TRequest, TResponse> request, BeforeHandler<TRequest> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => Add(CallbackKind.BeforeRequest, request.Name, async (context, arguments) =>
            ScriptValueOf(await handler(context, (TRequest)arguments[0].AsMessage()!)));

    public IGameBuilder After<TRequest, TResponse>(RequestKind<TRequest, TResponse> request, AfterHandler<TRequest, TResponse> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => Run(CallbackKind.AfterRequest, request.Name, (context, arguments) =>
            handler(context, (TResponse?)arguments[0].AsMessage(), (TRequest?)arguments[1].AsMessage()));

    public IGameBuilder BeforeMessage<TMessage>(MessageKind<TMessage> message, BeforeMessageHandler<TMessage> handler)
        where TMessage : class, IMessage<TMessage> => Add(CallbackKind.BeforeMessage, message.Name, async (context, arguments) =>
        {
            var envelope = (Envelope)arguments[0].AsMessage()!;
            var original = message.Get(envelope);
            if (await handler(context, original) is not { } changed) return ScriptValue.Null;
            if (ReferenceEquals(changed, original)) return ScriptValue.Message(envelope);
            var replaced = new Envelope { Cid = envelope.Cid };
            message.Set(replaced, changed);
            return ScriptValue.Message(replaced);
        });

    public IGameBuilder AfterMessage<TMessage>(MessageKind<TMessage> message, AfterMessageHandler<TMessage> handler)
        where TMessage : class, IMessage<TMessage> => Run(CallbackKind.AfterMessage, message.Name, (context, arguments) =>
            handler(context, ResponseOf(arguments[0]), message.Get((Envelope)arguments[1].AsMessage()!)));

    /// <summary>The response of a message; an envelope without a message only confirms it.</summary>
    private static Envelope? ResponseOf(in ScriptValue response) =>
        response.AsMessage() is Envelope { MessageCase: not Envelope.MessageOneofCase.None } envelope ? envelope : null;

    private static ScriptValue ScriptValueOf(IMessage? message) => message is null ? ScriptValue.Null : ScriptValue.Message(message);

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

    /// <summary>Registers one of several functions, all of which are called.</summary>
    private GameBuilder RunAll(CallbackKind kind, Func<GameContext, CallbackArguments, Task> function) =>
        Run(kind, registrations.Callbacks.Count(callback => callback.Kind == kind).ToString(CultureInfo.InvariantCulture), function);

    private GameBuilder Run(CallbackKind kind, string name, Func<GameContext, CallbackArguments, Task> function) =>
        Add(kind, name, async (context, arguments) =>
        {
            await function(context, arguments);
            return ScriptValue.Null;
        });

    private GameBuilder Add(CallbackKind kind, string name, GameFunction function)
    {
        if (CallbackTable.Of(kind).Names != CallbackNames.One) ArgumentException.ThrowIfNullOrEmpty(name);
        registrations.Add(kind, name);
        invoker.Set(kind, name, function);
        return this;
    }
}
