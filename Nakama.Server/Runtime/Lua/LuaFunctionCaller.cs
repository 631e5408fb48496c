using Nakama.Lua;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Lua;

/// <summary>Calls functions that Lua modules pass to functions of the server, on the interpreter that waits.</summary>
internal sealed class LuaFunctionCaller : IFunctionCaller
{
    public static readonly LuaFunctionCaller Instance = new();

    public async ValueTask<ScriptValue> CallAsync(FunctionCall call, ScriptValue function, ScriptValue argument, CancellationToken cancellationToken)
    {
        var interpreter = LuaInterpreter.Of((LuaCall)call.Frame);
        var held = await HeldInterpreter.TryUseAsync(interpreter.Key, cancellationToken)
            ?? throw new InvalidOperationException("The interpreter does not wait for this function.");
        try
        {
            LuaValue[] arguments = [LuaConversion.ToLua(argument)];
            var results = await interpreter.Machine.CallNestedAsync(((LuaValue)function.AsForeign()).AsFunction!, arguments, cancellationToken);
            return LuaConversion.ToHost(results.Last);
        }
        catch (LuaException e) when (!e.IsFatal)
        {
            throw new FunctionException(e.Message);
        }
        finally
        {
            held.EndUse();
        }
    }
}
