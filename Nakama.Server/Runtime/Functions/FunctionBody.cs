namespace Nakama.Server.Runtime.Functions;

/// <summary>What a function does that answers at once.</summary>
/// <exception cref="FunctionException">The module asked for something that is refused.</exception>
public delegate ScriptValue FunctionBody(FunctionCall call);

/// <summary>What a function does that has to wait.</summary>
/// <exception cref="FunctionException">The module asked for something that is refused.</exception>
public delegate ValueTask<ScriptValue> WaitingFunctionBody(FunctionCall call, CancellationToken cancellationToken);
