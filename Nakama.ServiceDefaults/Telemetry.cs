using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Nakama.ServiceDefaults;

/// <summary>
/// Sends logs, metrics and traces over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; without it nothing
/// is collected. The other <c>OTEL_*</c> variables are read by the OpenTelemetry library and have their documented meaning.
/// </summary>
internal static class Telemetry
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string NameVariable = "OTEL_SERVICE_NAME";

    /// <summary>The common prefix of the sources and meters of this project.</summary>
    private const string Ours = "Nakama*";

    /// <summary>Whether a receiver is configured.</summary>
    public static bool IsOn(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[EndpointVariable]);

    public static void Add(IHostApplicationBuilder builder)
    {
        if (!IsOn(builder.Configuration)) return;
        // Registered first, so that it stops last.
        builder.Services.AddHostedService<TelemetryShutdown>();
        builder.Logging.AddOpenTelemetry(static logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource =>
            {
                if (string.IsNullOrWhiteSpace(builder.Configuration[NameVariable])) resource.AddService(builder.Environment.ApplicationName);
            })
            .WithMetrics(static metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(Ours))
            .WithTracing(static traces => traces
                .AddAspNetCoreInstrumentation(static options => options.Filter = TelemetryPaths.IsTraced)
                .AddHttpClientInstrumentation()
                .AddSource(Ours))
            .UseOtlpExporter();
    }
}
