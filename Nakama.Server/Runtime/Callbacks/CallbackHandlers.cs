using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Json;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Hooks;
using Nakama.Server.Rpc;
using Nakama.Server.Runtime.Events;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>
/// Creates, for all languages, the handlers through which the features of the server call functions of modules.
/// </summary>
internal sealed partial class CallbackHandlers(ICallbackInvoker invoker, ILogger log)
{
    public RpcFunction Rpc(string name)
    {
        var (description, id) = (CallbackTable.Of(CallbackKind.Rpc), name.ToLowerInvariant());
        return async (call, payload, cancellationToken) =>
        {
            var result = await CallAsync(description, name, RuntimeContext.OfRpc(id, call), new(ScriptValue.Of(payload)), cancellationToken);
            return result.IsNull ? null : result.AsText();
        };
    }

    public BeforeHook Before(CallbackKind kind, string name)
    {
        var description = CallbackTable.Of(kind);
        return async (caller, request, cancellationToken) =>
        {
            var context = RuntimeContext.OfHook(description.Mode, name, caller);
            var result = await CallAsync(description, name, context, new(ScriptValue.Message(request)), cancellationToken);
            // A request without fields cannot be changed, so the result of the hook is ignored.
            if (request is Empty) return request;
            return result.IsNull ? null : ReadMessage(result, request, context);
        };
    }

    public AfterHook After(CallbackKind kind, string name)
    {
        var description = CallbackTable.Of(kind);
        return async (caller, response, request, cancellationToken) => await CallAsync(
            description, name, RuntimeContext.OfHook(description.Mode, name, caller),
            new(ScriptValue.Message(response), ScriptValue.Message(request)), cancellationToken);
    }

    public RuntimeEventHandler Event(CallbackKind kind, string name)
    {
        var description = CallbackTable.Of(kind);
        return async (context, happened, cancellationToken) =>
            await CallAsync(description, name, context, new(ScriptValue.Message(happened)), cancellationToken);
    }

    public StorageIndexFilter Filter(string name)
    {
        var description = CallbackTable.Of(CallbackKind.StorageIndexFilter);
        return async (write, cancellationToken) =>
            (await CallAsync(description, name, ContextOf(description, name), new(ScriptValue.Native(write)), cancellationToken)).AsFlag();
    }

    public async ValueTask ShutdownAsync(CancellationToken cancellationToken)
    {
        var description = CallbackTable.Of(CallbackKind.Shutdown);
        await CallAsync(description, "", ContextOf(description, ""), default, cancellationToken);
    }

    private async ValueTask<ScriptValue> CallAsync(
        CallbackDescription description, string name, RuntimeContext context, CallbackArguments arguments, CancellationToken cancellationToken) =>
        description.Check(await invoker.InvokeAsync(new(description, name, context, arguments), cancellationToken), invoker.Language);

    private static RuntimeContext ContextOf(CallbackDescription description, string label) => RuntimeContext.OfServer(description.Mode, label);

    /// <summary>The request that a hook returns to replace the original one. Results of scripts are parsed strictly.</summary>
    /// <exception cref="ApiException">The result is not a valid request; the log contains the reason.</exception>
    private IMessage ReadMessage(in ScriptValue result, IMessage request, RuntimeContext context)
    {
        if (result.Kind == ScriptValueKind.Message) return result.AsMessage()!;
        try
        {
            if (result.Kind != ScriptValueKind.Table) throw new ScriptValueException("The function returned no object.");
            var message = request.Descriptor.Parser.ParseFrom(ByteString.Empty);
            ProtoJson.ReadStrict(result.AsTable().ToJson(), message);
            return message;
        }
        catch (Exception e) when (e is ProtoJsonException or ScriptValueException or InvalidProtocolBufferException)
        {
            ModuleLog.FunctionFailed(log, e.Message, context.Mode, context.Label, "");
            throw ApiErrors.BeforeHookFailed;
        }
    }
}
