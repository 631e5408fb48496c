using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Primitives;

namespace Nakama.Console.Shell;

/// <summary>
/// Bounds the live connections of pages. Only operators have any; each address may have so many and open so many within a
/// minute, and all together, too. What is negotiated and not used is gone after seconds.
/// </summary>
internal static class LivePages
{
    private const string Path = "/_blazor";
    private const string Negotiation = "negotiate";

    // What is counted by one of these must not share it with anything else: the first use of a key decides how it is bounded.
    private const string Unbounded = "unbounded";
    private const string Everybody = "everybody";

    /// <summary>How many addresses may open pages at their own bound at the same time.</summary>
    private const int AddressesAtOnce = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Whether a request belongs to a live connection.</summary>
    public static bool IsOf(HttpRequest request) => request.Path.StartsWithSegments(Path);

    /// <summary>Lets operators through, and nobody who has not signed in.</summary>
    public static Task RefuseStrangersAsync(HttpContext context, Func<Task> next)
    {
        if (!IsOf(context.Request)) return next();
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        if (context.User.Identity?.IsAuthenticated == true) return next();
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    public static void Limit(RateLimiterOptions options, ConsoleSettings settings)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context =>
                Open(context, VisitorNetwork.Of(context), settings.MaxCircuitsPerAddress)),
            PartitionedRateLimiter.Create<HttpContext, string>(context => Open(context, Everybody, settings.MaxCircuits)),
            PartitionedRateLimiter.Create<HttpContext, string>(context =>
                Begin(context, VisitorNetwork.Of(context), settings.MaxNewCircuitsPerMinute)),
            PartitionedRateLimiter.Create<HttpContext, string>(context =>
                Begin(context, Everybody, settings.MaxNewCircuitsPerMinute * AddressesAtOnce)));
    }

    /// <summary>A connection is one request for as long as it is open.</summary>
    private static RateLimitPartition<string> Open(HttpContext context, string key, int limit) =>
        Part(context.Request) is ""
            ? RateLimitPartition.GetConcurrencyLimiter(key, _ => new ConcurrencyLimiterOptions { PermitLimit = limit })
            : RateLimitPartition.GetNoLimiter(Unbounded);

    /// <summary>A connection begins with a negotiation, or by itself where a client leaves that out.</summary>
    private static RateLimitPartition<string> Begin(HttpContext context, string key, int limit)
    {
        var begins = Part(context.Request) switch
        {
            Negotiation => true,
            "" => StringValues.IsNullOrEmpty(context.Request.Query["id"]),
            _ => false,
        };
        return begins
            ? RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = Window })
            : RateLimitPartition.GetNoLimiter(Unbounded);
    }

    /// <summary>What of a live connection is asked for, as routing would read it; null where it is something else.</summary>
    private static string? Part(HttpRequest request) =>
        request.Path.StartsWithSegments(Path, out var rest) ? rest.ToString().Trim('/').ToLowerInvariant() : null;
}
