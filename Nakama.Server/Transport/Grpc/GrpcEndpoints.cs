using System.Collections.Frozen;

namespace Nakama.Server.Transport.Grpc;

/// <summary>
/// The methods of one listener by their path. gRPC names are compared byte for byte, which the routing of ASP.NET Core
/// does not do.
/// </summary>
internal sealed class GrpcEndpoints : IEndpointRouteBuilder
{
    public GrpcEndpoints(IServiceProvider services) => ServiceProvider = services;

    public IServiceProvider ServiceProvider { get; }

    public ICollection<EndpointDataSource> DataSources { get; } = [];

    public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(ServiceProvider);

    public FrozenDictionary<string, RequestDelegate> ByPath() => DataSources
        .SelectMany(source => source.Endpoints)
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.Parameters.Count == 0)
        .ToFrozenDictionary(endpoint => endpoint.RoutePattern.RawText!, endpoint => endpoint.RequestDelegate!, StringComparer.Ordinal);
}
