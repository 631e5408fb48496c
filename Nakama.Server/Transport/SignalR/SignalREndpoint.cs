using System.Text;
using Microsoft.Extensions.Primitives;
using Nakama.Server.Api;
using Nakama.Server.Lifecycle;
using Nakama.Server.Security;
using Nakama.Server.Transport.Http;
using Nakama.Server.Transport.WebSocket;

namespace Nakama.Server.Transport.SignalR;

/// <summary>Admits requests with a session token to the hub. The services of the hub are built with the first request.</summary>
internal sealed class SignalREndpoint(
    IServiceProvider services, ISessionTokenCheck tokens, RequestRateLimits limits, HubSlots slots, NodeLifecycle lifecycle, ClientAddresses addresses)
{
    /// <summary>The parameter that identifies a connection negotiated earlier.</summary>
    public const string ConnectionParameter = "id";

    private const string TooManyConnections = "Too many connections are being opened. Try again in 15 seconds.";


    private readonly Lazy<RequestDelegate> _hub = new(() => Build(services));

    public Task HandleAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var authorization = context.Request.Headers.Authorization;
        var request = new SocketRequest(
            "", authorization.Count > 0 ? First(authorization) : null,
            First(query["access_token"]), First(query["status"]), First(query["lang"]));
        var found = request.FindCaller(tokens);
        if (!lifecycle.AcceptsSessions && OpensConnection(context) && !(found is { } expected && lifecycle.AcceptsSessionOf(expected.UserId)))
            return RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, NodeLifecycle.Refusal);
        if (found is not { } caller)
            return RefuseAsync(context, StatusCodes.Status401Unauthorized, "Missing or invalid token");
        if (query[ConnectionParameter].Count == 0 && !limits.AdmitsUser(caller.UserId))
            return RefuseAsync(context, StatusCodes.Status429TooManyRequests, RequestRateLimits.Text, RateLimit.RetryAfterSec);
        if (IsNegotiation(context) && !slots.TryNegotiate(caller.UserId, addresses.Of(context).Network))
            return RefuseAsync(context, StatusCodes.Status429TooManyRequests, TooManyConnections, (int)HubSlots.Lifetime.TotalSeconds);

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

    private static bool IsNegotiation(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments("/signalr/negotiate", StringComparison.OrdinalIgnoreCase);

    /// <summary>True for all requests except those of a polling connection.</summary>
    private static bool OpensConnection(HttpContext context) =>
        IsNegotiation(context)
        || context.Request.Headers.Upgrade.Count > 0
        || context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpContext context, int status, string text, int retryAfterSec = 0)
    {
        var body = Encoding.ASCII.GetBytes(text + "\n");
        HttpReply.SetRetryAfter(context, retryAfterSec);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }
}
