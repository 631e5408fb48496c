using Nakama.Server.Api;
using Nakama.Server.Realtime;

namespace Nakama.Server.Rpc;

internal static class RpcServiceCollectionExtensions
{
    public static IServiceCollection AddRpc(this IServiceCollection services) =>
        services
            .AddSingleton<RpcRegistry>()
            .AddSingleton<RpcInvoker>()
            .AddSingleton<IApiFeature, RpcApi>()
            .AddSingleton<IRealtimeFeature, RpcRealtime>()
            .AddSingleton<IRawEndpoint, RpcRoute>();
}
