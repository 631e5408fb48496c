using Microsoft.Extensions.Primitives;
using Nakama.Server.Api;
using Nakama.Server.Transport.WebSocket;

namespace Nakama.Server.Transport.SignalR;

/// <summary>Lets requests with a session token through to the hub. What the hub needs is built with the first of them.</summary>
internal sealed class SignalREndpoint(IServiceProvider services, ISessionTokenCheck tokens)
{
    private readonly Lazy<RequestDelegate> _hub = new(() => Build(services));

    public Task HandleAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var authorization = context.Request.Headers.Authorization;
        var request = new SocketRequest(
            "", authorization.Count > 0 ? First(authorization) : null,
            First(query["access_token"]), First(query["status"]), First(query["lang"]));
        if (request.FindCaller(tokens) is not { } caller) return RefuseAsync(context);

        context.User = new HubUser(caller, request);
        return _hub.Value(context);
    }

    private static RequestDelegate Build(IServiceProvider services)
    {
        var branch = new ApplicationBuilder(services);
        branch.UseRouting();
        branch.UseEndpoints(static endpoints => endpoints.MapHub<GameHub>("/signalr", static hub => hub.AllowStatefulReconnects = true));
        return branch.Build();
    }

    private static string First(StringValues values) => values.Count > 0 ? values[0] ?? "" : "";

    private static Task RefuseAsync(HttpContext context)
    {
        var body = "Missing or invalid token\n"u8.ToArray();
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }
}
