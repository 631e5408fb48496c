using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Nakama.Server.Transport.Grpc;

/// <summary>Tells orchestrators whether the node takes calls: from its start until it is told to stop.</summary>
internal sealed class NodeHealthCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public const string Name = "node";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy());
}
