using Nakama.Server.Api;
using Nakama.Server.Realtime;

namespace Nakama.Server.Rpc;

internal static class RpcSetup
{
    public static IServiceCollection AddRpc(this IServiceCollection services) =>
        services
            .AddSingleton<RpcRegistry>()
            .AddSingleton<RpcInvoker>()
            .AddSingleton<IApiFeature, RpcApi>()
            .AddSingleton<IRealtimeFeature, RpcRealtime>()
            .AddSingleton<IRawRoute, RpcRoute>();
}
