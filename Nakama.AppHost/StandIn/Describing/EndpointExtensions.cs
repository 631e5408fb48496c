using System.Globalization;

namespace Aspire.Hosting;

/// <summary>Describes how a resource is reached.</summary>
public static class EndpointExtensions
{
    /// <summary>
    /// An address at a given port or at any free one; the variable <paramref name="env"/> tells the process which.
    /// There is never a proxy, so both ports are the same.
    /// </summary>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    /// <inheritdoc cref="WithHttpEndpoint"/>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? scheme = null, string? name = null, string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints
    {
        scheme ??= "tcp";
        var endpoint = new EndpointReference(name ?? scheme, scheme, isProxied ? port ?? targetPort : targetPort ?? port);
        var endpoints = builder.Described().Endpoints;
        if (endpoints.Any(other => other.EndpointName == endpoint.EndpointName))
            throw new InvalidOperationException($"{builder.Resource.Name} has already an endpoint named {endpoint.EndpointName}.");
        endpoints.Add(endpoint);
        return env is null ? builder : builder.Set(env, _ => new(endpoint.Port.ToString(CultureInfo.InvariantCulture)));
    }

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name) where T : IResourceWithEndpoints =>
        builder.Described().Endpoints.FirstOrDefault(endpoint => endpoint.EndpointName == name)
            ?? throw new InvalidOperationException($"{builder.Resource.Name} has no endpoint named {name}.");

    /// <summary>Words for an address, or another path at it.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResourceWithEndpoints
    {
        builder.GetEndpoint(endpointName).Describe = callback;
        return builder;
    }

    /// <summary>The resource is ready when this address answers with this status.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var resource = builder.Described();
        var endpoint = endpointName is null ? resource.Endpoints.First(one => one.Scheme == "http") : builder.GetEndpoint(endpointName);
        resource.Health = new(endpoint, path ?? "/", statusCode ?? 200);
        return builder;
    }

    /// <summary>Matters only when a deployment is written, which is not done here.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder) where T : IResourceWithEndpoints => builder;
}
