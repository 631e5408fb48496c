using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Nakama.ServiceDefaults;

/// <summary>
/// Sends what is left when everything else has stopped. All three signals go at once and within one time limit, because a
/// receiver that is gone would otherwise hold the process for the limit of each.
/// </summary>
internal sealed class TelemetryShutdown(TracerProvider traces, MeterProvider metrics, LoggerProvider logs, IHostEnvironment environment) : IHostedService
{
    private readonly int _timeoutMs = environment.IsDevelopment() ? 1000 : 2000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Once shut down, a provider does nothing more when it is disposed.
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => traces.Shutdown(_timeoutMs), CancellationToken.None),
        Task.Run(() => metrics.Shutdown(_timeoutMs), CancellationToken.None),
        Task.Run(() => logs.Shutdown(_timeoutMs), CancellationToken.None));
}
