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
    /// <summary>The tag of health checks that say whether the process is to get requests.</summary>
    public const string ReadyTag = "ready";

    private const string LiveTag = "live";

    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        Telemetry.Add(builder);
        builder.Services.AddHealthChecks().AddCheck("self", static () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.Services.AddServiceDiscovery();
        return builder;
    }

    /// <summary>
    /// Serves <c>/alive</c> (the process alone) and <c>/health</c> before all other middleware. In development <c>/health</c> runs every
    /// check. Elsewhere anybody may ask, so it runs only those with the tag <see cref="ReadyTag"/>, which must be cheap.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        var runsAll = app.Environment.IsDevelopment();
        app.UseHealthChecks(TelemetryPaths.Health, new HealthCheckOptions { Predicate = check => runsAll || check.Tags.Contains(ReadyTag) });
        app.UseHealthChecks(TelemetryPaths.Alive, new HealthCheckOptions { Predicate = static check => check.Tags.Contains(LiveTag) });
        return app;
    }
}
