using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Nakama.ServiceDefaults;

/// <summary>
/// Sends logs, metrics and traces over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a receiver. The other
/// <c>OTEL_*</c> variables are the library's and mean what its documentation says.
/// </summary>
internal static class Telemetry
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string NameVariable = "OTEL_SERVICE_NAME";

    /// <summary>Everything of ours is called Nakama or begins with it.</summary>
    private const string Ours = "Nakama*";

    public static void Add(IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointVariable])) return;
        var resource = Resource(builder);
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeFormattedMessage = true;
            logs.IncludeScopes = true;
            logs.SetResourceBuilder(resource).AddOtlpExporter(otlp => Aim(otlp, builder.Configuration, "logs"));
        });
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "System.Net.Http", "Npgsql", Ours)
            .AddOtlpExporter(otlp => Aim(otlp, builder.Configuration, "traces"))
            .Build());
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(
                "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime",
                "Npgsql", Ours)
            .AddOtlpExporter(otlp => Aim(otlp, builder.Configuration, "metrics"))
            .Build());
        builder.Services.AddHostedService<TelemetryStart>();
    }

    /// <summary>
    /// The library looks for these two in the environment only; here they may come from wherever the program's settings do.
    /// </summary>
    private static void Aim(OtlpExporterOptions otlp, IConfiguration configuration, string signal)
    {
        var endpoint = configuration[EndpointVariable]!.TrimEnd('/');
        var isHttp = configuration[ProtocolVariable] == "http/protobuf";
        otlp.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        otlp.Endpoint = new Uri(isHttp ? $"{endpoint}/v1/{signal}" : endpoint);
    }

    private static ResourceBuilder Resource(IHostApplicationBuilder builder)
    {
        var resource = ResourceBuilder.CreateEmpty().AddTelemetrySdk().AddEnvironmentVariableDetector();
        return string.IsNullOrWhiteSpace(builder.Configuration[NameVariable])
            ? resource.AddService(builder.Environment.ApplicationName)
            : resource;
    }

    /// <summary>Brings both providers to life before anything else starts, and empties them when all else has stopped.</summary>
    private sealed class TelemetryStart(TracerProvider traces, MeterProvider metrics) : IHostedService
    {
        private const int FlushTimeoutMs = 5000;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces.ForceFlush(FlushTimeoutMs);
            metrics.ForceFlush(FlushTimeoutMs);
            return Task.CompletedTask;
        }
    }
}
