namespace Nakama.Console.Shell;

/// <summary>The security headers of every page: no resources of other sites are loaded, and no site may frame it.</summary>
internal static class PageHeaders
{
    // MudBlazor positions its popups with inline styles; scripts come from files of this site only.
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
    /// Files are revalidated by ETag, so that a new version of the console is used at once. Pages contain data for their
    /// operator only, including recovery codes, and are not cached.
    /// </summary>
    private static Task AddCacheControl(HttpResponse response)
    {
        if (response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true) response.Headers.CacheControl = "no-store";
        else if (response.Headers.CacheControl.Count == 0) response.Headers.CacheControl = "no-cache";
        return Task.CompletedTask;
    }
}
