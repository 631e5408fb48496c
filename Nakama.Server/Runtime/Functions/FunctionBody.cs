namespace Nakama.Server.Runtime.Functions;

/// <summary>What a function does that answers at once.</summary>
/// <exception cref="FunctionFault">The module asked for something that is refused.</exception>
public delegate HostValue FunctionBody(FunctionCall call);

/// <summary>What a function does that has to wait.</summary>
/// <exception cref="FunctionFault">The module asked for something that is refused.</exception>
public delegate ValueTask<HostValue> WaitingFunctionBody(FunctionCall call, CancellationToken cancellationToken);
