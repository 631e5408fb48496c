using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <summary>Calls functions that C# games pass to functions of the server. Their exceptions reach the game unchanged.</summary>
internal sealed class GameCallbackCaller : IFunctionCaller
{
    public static readonly GameCallbackCaller Instance = new();

    public ValueTask<ScriptValue> CallAsync(FunctionCall call, ScriptValue function, ScriptValue argument, CancellationToken cancellationToken) =>
        new(((GameCallback)function.AsForeign())(argument));
}
