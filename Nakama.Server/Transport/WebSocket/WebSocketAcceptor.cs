using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Nakama.Server.Api;
using Nakama.Server.Lifecycle;
using Nakama.Server.Security;
using Nakama.Server.Transport.Http;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>Opens a socket for an HTTP request that has a valid token and asks for it properly, and runs its session; refuses all others.</summary>
internal sealed class WebSocketAcceptor(
    WebSocketSessions sessions, ISessionTokenCheck tokens, RequestRateLimits limits, NodeLifecycle lifecycle)
{
    private const string Version = "13";

    /// <summary>Completes when the connection is over, or the refusal is written.</summary>
    public async Task AcceptAsync(HttpContext context, SocketRequest request)
    {
        if (!lifecycle.AcceptsSessions && !(request.FindCaller(tokens) is { } expected && lifecycle.AcceptsSessionOf(expected.UserId)))
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, NodeLifecycle.Refusal);
            return;
        }

        if (!request.TryGetFormat(out var format))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "Invalid format parameter");
            return;
        }
        if (request.FindCaller(tokens) is not { } caller)
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "Missing or invalid token");
            return;
        }
        if (!limits.AdmitsUser(caller.UserId))
        {
            HttpReply.SetRetryAfter(context, RateLimit.RetryAfterSec);
            await RefuseAsync(context, StatusCodes.Status429TooManyRequests, RequestRateLimits.Text);
            return;
        }
        if (FindKey(context) is not { } key)
        {
            context.Response.Headers.SecWebSocketVersion = Version;
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "Bad Request");
            return;
        }

        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.SecWebSocketAccept = Handshake.Accept(key);
        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        var peer = context.Connection.RemoteIpAddress is { } address ? new IPEndPoint(address, context.Connection.RemotePort) : null;
        await sessions.RunAsync(
            new StreamTransport(context, stream), request, format, caller, peer, context.Request.Headers["X-Forwarded-For"].ToString());
    }

    /// <summary>The key of a well-formed upgrade; null when the request is not one.</summary>
    private static string? FindKey(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true }) return null;
        if (!string.Equals(headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase)) return null;
        if (headers.SecWebSocketVersion != Version) return null;
        return headers.SecWebSocketKey is { Count: 1 } keys && keys[0] is { } key && Handshake.IsKey(key) ? key : null;
    }

    private static Task RefuseAsync(HttpContext context, int status, string text)
    {
        var body = Encoding.ASCII.GetBytes(text + "\n");
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }
}
