namespace Nakama.Server.Runtime.Http;

/// <summary>Answers a request to a path of game logic.</summary>
/// <exception cref="Errors.ApiException">The function failed; the client gets its status and message.</exception>
public delegate ValueTask<HttpHandlerResponse> HttpHandlerFunction(HttpHandlerRequest request, CancellationToken cancellationToken);
