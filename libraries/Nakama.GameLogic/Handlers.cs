namespace Nakama.GameLogic;

/// <summary>A function that is called by its id. A null result is sent as an empty text.</summary>
/// <exception cref="GameException">The call is refused; the caller receives the code and the message.</exception>
public delegate Task<string?> RpcHandler(RpcContext context, string payload);

/// <summary>A function that is called by its id, with JSON.</summary>
/// <exception cref="GameException">The call is refused; the caller receives the code and the message.</exception>
public delegate Task<TResponse> RpcHandler<in TRequest, TResponse>(RpcContext context, TRequest request);

/// <summary>
/// Runs before a method of the API. Its result replaces the request; null refuses it as not found. A request without fields
/// cannot be replaced.
/// </summary>
/// <exception cref="GameException">The request is refused; the client receives the code and the message.</exception>
public delegate Task<TRequest?> BeforeHandler<TRequest>(GameContext context, TRequest request)
    where TRequest : class;

/// <summary>
/// Runs after a method of the API has succeeded. A failure is logged and does not affect the response to the client. Responses
/// and requests without fields are null.
/// </summary>
public delegate Task AfterHandler<in TRequest, in TResponse>(GameContext context, TResponse? response, TRequest? request)
    where TRequest : class
    where TResponse : class;
