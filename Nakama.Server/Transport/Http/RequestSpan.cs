using Microsoft.AspNetCore.Http.Features;

namespace Nakama.Server.Transport.Http;

/// <summary>Names the root span of a request according to OpenTelemetry's conventions for HTTP servers: verb and route.</summary>
internal static class RequestSpan
{
    /// <summary>Does nothing when the request is not traced.</summary>
    /// <param name="route">The template of the path, never the path itself: it must not contain client values.</param>
    public static void SetRoute(HttpContext context, string route)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span) return;
        span.DisplayName = $"{context.Request.Method} {route}";
        span.SetTag("http.route", route);
    }
}
