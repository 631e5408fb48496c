using System.IO.Compression;
using global::Grpc.AspNetCore.Server;
using global::Grpc.AspNetCore.Server.Model;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nakama.Server.Api;

namespace Nakama.Server.Transport.Grpc;

internal static class GrpcServiceCollectionExtensions
{
    /// <summary>The gRPC listeners of games and of operators.</summary>
    public static IServiceCollection AddGrpcApi(this IServiceCollection services)
    {
        services.AddGrpc(grpc =>
        {
            grpc.IgnoreUnknownServices = true;
            grpc.ResponseCompressionAlgorithm = BoundedGzip.Name;
            grpc.ResponseCompressionLevel = CompressionLevel.Fastest;
        });
        services.AddHealthChecks().AddCheck<NodeHealthCheck>(NodeHealthCheck.Name, tags: [ServiceDefaults.ServiceDefaults.ReadyTag]);
        services.AddGrpcHealthChecks(health =>
        {
            health.Services.Map("", static check => check.Name == NodeHealthCheck.Name);
            health.Services.Map(Nakama.Protocol.Api.ApiReflection.Descriptor.Services[0].FullName, static check => check.Name == NodeHealthCheck.Name);
            health.Services.Map(Nakama.Protocol.Console.ConsoleReflection.Descriptor.Services[0].FullName, static check => check.Name == NodeHealthCheck.Name);
        });
        return services
            .AddClientAddresses()
            .Configure<HealthCheckPublisherOptions>(static publisher => publisher.Predicate = static check => check.Name == NodeHealthCheck.Name)
            .AddSingleton<GameReflection>()
            .AddSingleton<GameReflectionAlpha>()
            .AddSingleton<ConsoleReflection>()
            .AddSingleton<ConsoleReflectionAlpha>()
            .AddApi<GameGrpcApi, GameReflection, GameReflectionAlpha>(ListenerKind.ApiGrpc)
            .AddApi<ConsoleGrpcApi, ConsoleReflection, ConsoleReflectionAlpha>(ListenerKind.ConsoleGrpc);
    }

    private static IServiceCollection AddApi<TApi, TReflection, TReflectionAlpha>(this IServiceCollection services, ListenerKind kind)
        where TApi : GrpcApi
        where TReflection : class
        where TReflectionAlpha : class
    {
        services.AddOptions<GrpcServiceOptions<TApi>>().Configure<TApi>(static (grpc, api) =>
        {
            // One byte more, so that a message that unpacks to too much gets our own error message instead of an exception.
            grpc.MaxReceiveMessageSize = (int)Math.Min(api.MaxMessageBytes + 1L, int.MaxValue);
            grpc.CompressionProviders = [new BoundedGzip(api.MaxMessageBytes)];
        });
        return services
            .AddSingleton<TApi>()
            .AddSingleton<IServiceMethodProvider<TApi>, GrpcMethodProvider<TApi>>()
            .AddSingleton<IListenerHandler>(provider =>
            {
                var endpoints = new GrpcEndpoints(provider);
                endpoints.MapGrpcService<TApi>();
                endpoints.MapGrpcService<TReflection>();
                endpoints.MapGrpcService<TReflectionAlpha>();
                endpoints.MapGrpcHealthChecksService();
                return new GrpcApiHandler(
                    kind, provider.GetRequiredService<TApi>(), endpoints, provider.GetRequiredService<RequestRateLimits>(),
                    provider.GetRequiredService<ClientAddresses>(), provider.GetRequiredService<TimeProvider>());
            });
    }
}
