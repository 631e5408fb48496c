using Jint.Native;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Calls functions that a script passes to a function of the server, on the engine that waits for it.</summary>
internal sealed class JavaScriptFunctionCaller(FunctionWait wait) : IFunctionCaller
{
    public async ValueTask<ScriptValue> CallAsync(FunctionCall call, ScriptValue function, ScriptValue argument, CancellationToken cancellationToken) =>
        await wait.CallAsync((JsValue)function.AsForeign(), argument);
}
