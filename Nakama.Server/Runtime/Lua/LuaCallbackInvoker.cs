using Nakama.Lua;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Lua;

/// <summary>
/// Calls functions of Lua modules: on the interpreter that waits for the cause of the call, else on the next idle one.
/// </summary>
internal sealed class LuaCallbackInvoker(InterpreterPool<LuaInterpreter> pool, LuaContexts contexts, LuaErrors errors) : ICallbackInvoker
{
    public ScriptLanguage Language => ScriptLanguage.Lua;

    public async ValueTask<ScriptValue> InvokeAsync(CallbackCall call, CancellationToken cancellationToken)
    {
        if (await HeldInterpreter.TryUseAsync(pool, cancellationToken) is { } held)
        {
            try
            {
                return await RunAsync((LuaInterpreter)held.Interpreter, isNested: true, call, cancellationToken);
            }
            finally
            {
                held.EndUse();
            }
        }

        var interpreter = await pool.RentAsync(cancellationToken);
        try
        {
            return await RunAsync(interpreter, isNested: false, call, cancellationToken);
        }
        finally
        {
            pool.Return(interpreter);
        }
    }

    private async ValueTask<ScriptValue> RunAsync(LuaInterpreter interpreter, bool isNested, CallbackCall call, CancellationToken cancellationToken)
    {
        var function = interpreter.Callbacks.Find(call.Kind, call.Name)
            ?? throw new InvalidOperationException($"No function is registered for {call.Kind} {call.Name}.");
        var outerContext = interpreter.Context;
        interpreter.Context = call.Context;
        try
        {
            var running = Start(interpreter, isNested, function, call, cancellationToken);
            return ResultOf((running.IsCompletedSuccessfully ? running.Result : await running).Last);
        }
        catch (LuaException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Codes outside the known status codes are kept for hooks, for compatibility.
            throw errors.ToApiException(e, FileOf(function), call.Context, isBounded: call.Kind == CallbackKind.Rpc);
        }
        finally
        {
            interpreter.Context = outerContext;
        }
    }

    private ValueTask<LuaResults> Start(
        LuaInterpreter interpreter, bool isNested, LuaFunction function, in CallbackCall call, CancellationToken cancellationToken)
    {
        ReadOnlySpan<LuaValue> arguments =
            [contexts.Make(call.Context, interpreter.Environment), ArgumentOf(call, 0), ArgumentOf(call, 1), ArgumentOf(call, 2)];
        var used = arguments[..(call.Arguments.Count + 1)];
        return isNested
            ? interpreter.Machine.CallNestedAsync(function, used, cancellationToken)
            : interpreter.Machine.CallAsync(function, used, cancellationToken);
    }

    private static LuaValue ArgumentOf(in CallbackCall call, int index) =>
        index < call.Arguments.Count ? LuaConversion.ToLua(call.View(index, ScriptLanguage.Lua)) : default;

    /// <summary>A returned function is converted to its printed text.</summary>
    private static ScriptValue ResultOf(in LuaValue value) =>
        value.Kind == LuaKind.Function ? ScriptValue.Of(LuaText.Of(value).ToString()) : LuaConversion.ToHost(value);

    private static string FileOf(LuaFunction function) => (function as LuaClosure)?.Proto.ChunkName ?? "";
}
