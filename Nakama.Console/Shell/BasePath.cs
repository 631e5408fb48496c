namespace Nakama.Console.Shell;

/// <summary>
/// Serves the console below a path, whether the proxy in front of it passes the path on or takes it off. It runs before
/// routing, which must not see the path.
/// </summary>
internal sealed class BasePath(PathString path) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(StripAsync);
        next(app);
    };

    private Task StripAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(path, out var rest))
        {
            if (!rest.HasValue && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
            {
                context.Response.Redirect($"{path}/{request.QueryString}");
                return Task.CompletedTask;
            }

            request.Path = rest;
        }

        request.PathBase = path;
        return next(context);
    }
}
