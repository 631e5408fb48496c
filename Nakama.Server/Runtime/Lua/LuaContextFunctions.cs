using Nakama.Lua;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Lua;

/// <summary>Functions for Lua modules that are being loaded.</summary>
internal sealed class LuaContextFunctions(LuaContexts contexts) : IFunctionModule
{
    private int _hasRun;

    public string Name => "Context in Lua";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("get_context", "The context as it is while modules are loaded.")
            .Returns("ctx").OnlyInLua().Does(call => ScriptValue.Foreign(Context(call)));
        functions.Function("run_once", "Calls `fn(ctx)` at once, but only the first function of the process that asks for it.")
            .Function("fn").OnlyInLua().Does(RunOnce);
    }

    private LuaValue Context(FunctionCall call) => contexts.Make(RuntimeContext.Loading, LuaInterpreter.Of((LuaCall)call.Frame).Environment);

    private ScriptValue RunOnce(FunctionCall call)
    {
        if (Interlocked.Exchange(ref _hasRun, 1) != 0) return default;
        try
        {
            ((LuaCall)call.Frame).Call(((LuaValue)call[0].AsForeign()).AsFunction!, Context(call));
            return default;
        }
        catch (LuaException e) when (!e.IsFatal)
        {
            throw new FunctionException($"error in run_once function: {e.Message}");
        }
    }
}
