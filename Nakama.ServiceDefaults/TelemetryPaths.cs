using Microsoft.AspNetCore.Http;

namespace Nakama.ServiceDefaults;

/// <summary>Paths that are polled every few seconds by monitoring; they are excluded from traces.</summary>
internal static class TelemetryPaths
{
    public const string Health = "/health";
    public const string Alive = "/alive";

    private static readonly HashSet<string> Probes = new(StringComparer.Ordinal)
    {
        Health,
        Alive,
        "/healthcheck",
        "/metrics",
        "/metrics/runtime",
        "/grpc.health.v1.Health/Check",
        "/grpc.health.v1.Health/Watch",
        "/nakama.api.Nakama/Healthcheck",
    };

    public static bool IsTraced(HttpContext context) => !Probes.Contains(context.Request.Path.Value ?? "");
}
