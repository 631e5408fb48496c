namespace Nakama.Console.Shell;

/// <summary>What every page tells the browser: nothing from elsewhere runs here, and nobody may frame it.</summary>
internal static class PageHeaders
{
    // MudBlazor positions its popups with inline styles; scripts are files of this site only.
    private const string ContentPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/v2"))
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XFrameOptions = "deny";
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            context.Response.OnStarting(static response => AddCacheControl((HttpResponse)response), context.Response);
        }

        return next(context);
    }

    /// <summary>
    /// Files are revalidated by tag, so that a new version of the console is seen at once. Pages show what only their
    /// operator may see, recovery codes among it, and are kept nowhere.
    /// </summary>
    private static Task AddCacheControl(HttpResponse response)
    {
        if (response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true) response.Headers.CacheControl = "no-store";
        else if (response.Headers.CacheControl.Count == 0) response.Headers.CacheControl = "no-cache";
        return Task.CompletedTask;
    }
}
