using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Primitives;

namespace Nakama.Console.Shell;

/// <summary>
/// Limits the live connections of pages. Only operators can have any; the number of open ones and of those opened within a
/// minute is limited per address and in total. A negotiation that is not used expires after seconds.
/// </summary>
internal static class LivePages
{
    private const string Path = "/_blazor";
    private const string Negotiation = "negotiate";

    // Keys of the limiter must not be shared between kinds of limits: the first use of a key decides its limit.
    private const string Unbounded = "unbounded";
    private const string Everybody = "everybody";

    /// <summary>The number of addresses that may reach their own limit at the same time.</summary>
    private const int AddressesAtOnce = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Whether a request belongs to a live connection.</summary>
    public static bool IsOf(HttpRequest request) => request.Path.StartsWithSegments(Path);

    /// <summary>Admits signed-in operators only.</summary>
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

    /// <summary>A connection begins with a negotiation, or without one where a client skips it.</summary>
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

    /// <summary>The part of a live connection's path that is requested, as routing reads it; null for other paths.</summary>
    private static string? Part(HttpRequest request) =>
        request.Path.StartsWithSegments(Path, out var rest) ? rest.ToString().Trim('/').ToLowerInvariant() : null;
}
