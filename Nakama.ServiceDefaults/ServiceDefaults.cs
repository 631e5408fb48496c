using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Nakama.ServiceDefaults;

/// <summary>The defaults of every process: telemetry, health checks, service discovery.</summary>
public static class ServiceDefaults
{
    /// <summary>The tag of checks for the liveness of the process itself.</summary>
    private const string LiveTag = "live";

    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        Telemetry.Add(builder);
        builder.Services.AddHealthChecks().AddCheck("self", static () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.Services.AddServiceDiscovery();
        return builder;
    }

    /// <summary>
    /// Serves <c>/health</c> (every check) and <c>/alive</c> (the process alone) before all other middleware. Both expose
    /// internal details, so they exist in development only.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) return app;
        app.UseHealthChecks(TelemetryPaths.Health);
        app.UseHealthChecks(TelemetryPaths.Alive, new HealthCheckOptions { Predicate = static check => check.Tags.Contains(LiveTag) });
        return app;
    }
}
