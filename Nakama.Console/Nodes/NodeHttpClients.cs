using Microsoft.Extensions.Http.Resilience;

namespace Nakama.Console.Nodes;

/// <summary>The HTTP clients that the console has for nodes, whose address may be the name of a resource.</summary>
internal static class NodeHttpClients
{
    /// <summary>
    /// For calls: with retries, time limits and a circuit breaker. Only requests that change nothing are sent again.
    /// </summary>
    public const string Calls = "node";

    /// <summary>For what lasts: the live feed, and requests that are passed through as they are.</summary>
    public const string Streams = "node-stream";

    public static IServiceCollection AddNodeHttpClients(this IServiceCollection services)
    {
        services.AddHttpClient(Streams).ConfigurePrimaryHttpMessageHandler(NodeClient.CreateHandler).AddServiceDiscovery();
        services.AddHttpClient(Calls).ConfigurePrimaryHttpMessageHandler(NodeClient.CreateHandler).AddServiceDiscovery()
            .AddStandardResilienceHandler(static options => options.Retry.DisableForUnsafeHttpMethods());
        return services;
    }
}
