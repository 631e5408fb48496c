using Nakama.Server.Api;

namespace Nakama.Server.Transport.Grpc;

internal static class GrpcSetup
{
    public static IServiceCollection AddGrpcDoors(this IServiceCollection services) =>
        services
            .AddSingleton<IGrpcService, GrpcHealth>()
            .AddSingleton<IGrpcService, GrpcReflection>()
            .AddSingleton<IDoor>(static provider =>
            {
                var socket = provider.GetRequiredService<SocketOptions>();
                return Create(provider, new(DoorKind.ApiGrpc, ApiAudience.Games, socket.MaxRequestSizeBytes, socket.ProxyCount));
            })
            .AddSingleton<IDoor>(static provider => Create(provider, new(
                DoorKind.ConsoleGrpc,
                ApiAudience.Operators,
                provider.GetRequiredService<ConsoleOptions>().MaxMessageSizeBytes,
                provider.GetRequiredService<SocketOptions>().ProxyCount)));

    private static GrpcDoor Create(IServiceProvider provider, GrpcDoorSettings settings) => ActivatorUtilities.CreateInstance<GrpcDoor>(provider, settings);
}
