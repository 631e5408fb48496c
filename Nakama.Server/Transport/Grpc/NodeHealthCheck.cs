using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.Transport.Grpc;

/// <summary>Tells orchestrators whether the node takes calls: from its start until it is told to stop.</summary>
internal sealed class NodeHealthCheck(NodeLifecycle lifecycle) : IHealthCheck
{
    public const string Name = "node";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifecycle.Phase <= NodePhase.Ready ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
}
