using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nakama.Server.Lifecycle;

namespace Nakama.Server.Transport.Grpc;

/// <summary>Reports to orchestrators whether the node accepts calls: from its start until it is asked to stop.</summary>
internal sealed class NodeHealthCheck(NodeLifecycle lifecycle) : IHealthCheck
{
    public const string Name = "node";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifecycle.Phase <= NodePhase.Ready ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
}
