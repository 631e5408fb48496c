using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Nakama.ServiceDefaults;

/// <summary>
/// Flushes the remaining telemetry after all other services have stopped. All three signals are sent in parallel and within
/// one time limit, because an unreachable receiver would otherwise delay the process by the limit of each.
/// </summary>
internal sealed class TelemetryShutdown(TracerProvider traces, MeterProvider metrics, LoggerProvider logs, IHostEnvironment environment) : IHostedService
{
    private readonly int _timeoutMs = environment.IsDevelopment() ? 1000 : 2000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // After shutdown, disposing a provider has no effect.
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => traces.Shutdown(_timeoutMs), CancellationToken.None),
        Task.Run(() => metrics.Shutdown(_timeoutMs), CancellationToken.None),
        Task.Run(() => logs.Shutdown(_timeoutMs), CancellationToken.None));
}
