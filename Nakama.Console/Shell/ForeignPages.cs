using Microsoft.AspNetCore.Diagnostics;

namespace Nakama.Console.Shell;

/// <summary>
/// Rejects cross-site requests: all that have side effects, and every request of a
/// circuit, including its WebSocket, which browsers open to any site with its cookies. The API below <c>/v2</c> accepts no
/// cookies and is open to pages of all sites.
/// </summary>
internal static class ForeignPages
{
    private const string Api = "/v2";

    public static Task RefuseAsync(HttpContext context, Func<Task> next)
    {
        var request = context.Request;
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (request.Path.StartsWithSegments(Api) || (isSafe && !LivePages.IsOf(request)) || IsOwn(request)) return next();

        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("This request comes from a page of another site.");
    }

    private static bool IsOwn(HttpRequest request)
    {
        if (request.Headers.Origin is [{ } origin]) return IsOwnOrigin(request, origin);
        if (request.Headers.Origin.Count > 0) return false;
        // Some browsers omit the origin; other programs have no cookies that a page could abuse.
        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }

    private static bool IsOwnOrigin(HttpRequest request, string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var origin)) return false;
        var settings = request.HttpContext.RequestServices.GetRequiredService<ConsoleSettings>();
        if (settings.Origins.Any(known => known.Scheme == origin.Scheme && known.Authority == origin.Authority)) return true;

        // A proxy may have terminated TLS, but none adds it.
        if (request.IsHttps && origin.Scheme != Uri.UriSchemeHttps) return false;
        var isSamePort = request.Host.Port is { } port ? port == origin.Port : origin.IsDefaultPort;
        return isSamePort && string.Equals(request.Host.Host, origin.Host, StringComparison.OrdinalIgnoreCase);
    }
}
