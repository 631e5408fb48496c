using Microsoft.Extensions.Http.Resilience;

namespace Nakama.Console.Nodes;

/// <summary>The console's HTTP clients for nodes, whose address may be the name of a service.</summary>
internal static class NodeHttpClients
{
    /// <summary>
    /// For calls: with retries, timeouts and a circuit breaker. Only requests without side effects are retried.
    /// </summary>
    public const string Calls = "node";

    /// <summary>For long-lived requests: the live feed, and requests that are forwarded unchanged.</summary>
    public const string Streams = "node-stream";

    public static IServiceCollection AddNodeHttpClients(this IServiceCollection services)
    {
        services.AddHttpClient(Streams).ConfigurePrimaryHttpMessageHandler(NodeClient.CreateHandler).AddServiceDiscovery();
        services.AddHttpClient(Calls).ConfigurePrimaryHttpMessageHandler(NodeClient.CreateHandler).AddServiceDiscovery()
            .AddStandardResilienceHandler(static options => options.Retry.DisableForUnsafeHttpMethods());
        return services;
    }
}
