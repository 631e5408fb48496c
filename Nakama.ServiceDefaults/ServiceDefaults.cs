using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Nakama.ServiceDefaults;

/// <summary>What every process of the house does alike: it tells what it is doing, and whether it is well.</summary>
public static class ServiceDefaults
{
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        Telemetry.Add(builder);
        builder.Services.AddSingleton<HealthPaths>();
        builder.Services.AddHealthChecks().AddCheck("self", static () => HealthCheckResult.Healthy(), [HealthPaths.Live]);
        return builder;
    }

    /// <summary>Answers <c>/health</c> and <c>/alive</c> in front of everything else, in development only.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        var paths = app.Services.GetRequiredService<HealthPaths>();
        app.Use(async (context, next) =>
        {
            if (!await paths.TryAnswerAsync(context)) await next(context);
        });
        return app;
    }
}
