using Nakama.Server.Api;

namespace Nakama.Server.Rpc;

internal static class RpcSetup
{
    public static IServiceCollection AddRpc(this IServiceCollection services) =>
        services
            .AddSingleton<RpcRegistry>()
            .AddSingleton<IApiFeature, RpcApi>()
            .AddSingleton<IRawRoute, RpcRoute>();
}
