using Google.Protobuf.Reflection;
using Nakama.Protocol.Api;
using Nakama.Server.Hooks;

namespace Nakama.Server.Api;

internal static class ApiServiceCollectionExtensions
{
    public static IServiceCollection AddApi(this IServiceCollection services) =>
        services
            .AddSingleton<HookRegistry>()
            .AddSingleton<RequestRateLimits>()
            .AddSingleton<ApiPipeline>()
            .AddSingleton<ISessionTokenCheck, SessionTokenCheck>()
            .AddSingleton<GameCredentialCheck>()
            .AddSingleton<IApiFeature, HealthcheckApi>()
            .AddSingleton(static provider =>
            {
                var map = new ApiMap([Game], CredentialOf, provider.GetRequiredService<ILogger<ApiMap>>());
                foreach (var feature in provider.GetServices<IApiFeature>()) feature.Map(map);
                return new ApiService(ApiAudience.Games, map, provider.GetRequiredService<GameCredentialCheck>());
            });

    private static Google.Protobuf.Reflection.ServiceDescriptor Game => ApiReflection.Descriptor.Services[0];

    private static ApiCredential CredentialOf(MethodDescriptor method) => method.Name switch
    {
        "Healthcheck" => ApiCredential.None,
        "SessionRefresh" => ApiCredential.ServerKey,
        "RpcFunc" => ApiCredential.Rpc,
        var name when name.StartsWith("Authenticate", StringComparison.Ordinal) => ApiCredential.ServerKey,
        _ => ApiCredential.Bearer,
    };
}
