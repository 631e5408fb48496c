using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Nakama.ServiceDefaults;

/// <summary>
/// The meters of .NET, ASP.NET Core, Kestrel, Npgsql and the cluster at <c>/metrics/runtime</c> for Prometheus. They have a
/// provider of their own, so that the metrics of the game server, which are exposed at <c>/metrics</c>, do not appear twice.
/// </summary>
public static class RuntimeMetrics
{
    public const string Path = "/metrics/runtime";

    /// <summary>Maximum size of a response to a scrape.</summary>
    private const int MaxResponseBytes = 4 * 1024 * 1024;

    /// <summary>Serves scrapes of <see cref="Path"/> that <paramref name="isServed"/> admits.</summary>
    public static void UseRuntimeMetrics(this WebApplication app, Func<HttpContext, bool> isServed)
    {
        var provider = app.Services.GetRequiredKeyedService<MeterProvider>(Path);
        app.UseOpenTelemetryPrometheusScrapingEndpoint(
            provider, context => context.Request.Path == Path && isServed(context), path: null, configureBranchedPipeline: null, optionsName: null);
    }

    /// <summary>Starts the collection; required by <see cref="UseRuntimeMetrics"/>.</summary>
    public static IServiceCollection AddRuntimeMetrics(this IServiceCollection services) =>
        services.AddKeyedSingleton(Path, static (_, _) => Sdk.CreateMeterProviderBuilder()
            .AddMeter("System.Runtime", "Microsoft.AspNetCore.*", "System.Net.Http", "System.Net.NameResolution", "Npgsql", "Nakama.Cluster")
            .AddPrometheusExporter(static options =>
            {
                options.ScopeInfoEnabled = false;
                options.TargetInfoEnabled = false;
                options.MaxScrapeResponseSizeBytes = MaxResponseBytes;
            })
            .Build());
}
