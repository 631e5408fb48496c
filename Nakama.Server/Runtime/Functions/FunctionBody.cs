namespace Nakama.Server.Runtime.Functions;

/// <summary>The implementation of a function that completes synchronously.</summary>
/// <exception cref="FunctionException">The call is rejected.</exception>
public delegate ScriptValue FunctionBody(FunctionCall call);

/// <summary>The implementation of a function that may complete asynchronously.</summary>
/// <exception cref="FunctionException">The call is rejected.</exception>
public delegate ValueTask<ScriptValue> WaitingFunctionBody(FunctionCall call, CancellationToken cancellationToken);
