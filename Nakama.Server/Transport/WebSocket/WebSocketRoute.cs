using Microsoft.Extensions.Primitives;
using Nakama.Server.Api;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>
/// <c>GET /ws</c> as an HTTP request: for encrypted connections, for those that have carried requests before, and for
/// all requests that are refused.
/// </summary>
internal sealed class WebSocketRoute(WebSocketAcceptor acceptor) : IHttpEndpoint
{
    public ApiAudience Audience => ApiAudience.Games;

    public string Path => "/ws";

    public string? Verb => "GET";

    public Task HandleAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var authorization = context.Request.Headers.Authorization;
        var request = new SocketRequest(
            First(query["format"]), authorization.Count > 0 ? First(authorization) : null,
            First(query["token"]), First(query["status"]), First(query["lang"]));
        return acceptor.AcceptAsync(context, request);
    }

    private static string First(StringValues values) => values.Count > 0 ? values[0] ?? "" : "";
}
