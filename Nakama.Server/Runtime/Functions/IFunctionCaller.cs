namespace Nakama.Server.Runtime.Functions;

/// <summary>Calls a function that a script passed to a function of the server, while the script waits for the latter.</summary>
public interface IFunctionCaller
{
    /// <exception cref="FunctionException">The function failed; the text is its error.</exception>
    ValueTask<ScriptValue> CallAsync(FunctionCall call, ScriptValue function, ScriptValue argument, CancellationToken cancellationToken);
}
