using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Nakama.ServiceDefaults;

/// <summary>What every process does alike: telemetry, health checks, service discovery.</summary>
public static class ServiceDefaults
{
    /// <summary>The tag of checks that say whether the process itself is alive.</summary>
    private const string LiveTag = "live";

    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        Telemetry.Add(builder);
        builder.Services.AddHealthChecks().AddCheck("self", static () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.Services.AddServiceDiscovery();
        return builder;
    }

    /// <summary>
    /// Answers <c>/health</c> (every check) and <c>/alive</c> (the process alone) in front of everything else. Both tell
    /// about the inside, so they exist in development only.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) return app;
        app.UseHealthChecks(TelemetryPaths.Health);
        app.UseHealthChecks(TelemetryPaths.Alive, new HealthCheckOptions { Predicate = static check => check.Tags.Contains(LiveTag) });
        return app;
    }
}
