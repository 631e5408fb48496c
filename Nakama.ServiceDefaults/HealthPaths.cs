using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Nakama.ServiceDefaults;

/// <summary>
/// <c>GET /health</c> asks every check, <c>GET /alive</c> those that only need the process. Both tell about the inside,
/// so they exist in development only.
/// </summary>
public sealed class HealthPaths(HealthCheckService health, IHostEnvironment environment)
{
    /// <summary>The tag of checks that say whether the process itself is alive.</summary>
    internal const string Live = "live";

    private readonly bool _isOpen = environment.IsDevelopment();

    /// <summary>False when the request is somebody else's.</summary>
    public ValueTask<bool> TryAnswerAsync(HttpContext context)
    {
        if (!_isOpen || !HttpMethods.IsGet(context.Request.Method)) return ValueTask.FromResult(false);
        return context.Request.Path.Value switch
        {
            "/health" => AnswerAsync(context, null),
            "/alive" => AnswerAsync(context, static check => check.Tags.Contains(Live)),
            _ => ValueTask.FromResult(false),
        };
    }

    private async ValueTask<bool> AnswerAsync(HttpContext context, Func<HealthCheckRegistration, bool>? which)
    {
        // Asked every few seconds, and of no interest to anyone who reads traces.
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is { } activity)
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;

        var report = await health.CheckHealthAsync(which, context.RequestAborted);
        context.Response.StatusCode = report.Status == HealthStatus.Unhealthy
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status200OK;
        context.Response.ContentType = "text/plain";
        context.Response.Headers.CacheControl = "no-store, no-cache";
        await context.Response.WriteAsync(report.Status.ToString(), context.RequestAborted);
        return true;
    }
}
