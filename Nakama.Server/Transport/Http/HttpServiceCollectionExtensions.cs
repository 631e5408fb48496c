using Nakama.Server.Api;
using Nakama.Server.ConsoleApi;

namespace Nakama.Server.Transport.Http;

internal static class HttpServiceCollectionExtensions
{
    public static IServiceCollection AddHttpListeners(this IServiceCollection services) =>
        services
            .AddClientAddresses()
            .AddSingleton<IListenerHandler>(static provider => Create(provider, HttpApiSettings.ForGames(provider.GetRequiredService<SocketOptions>())))
            .AddSingleton<IListenerHandler>(static provider => Create(provider, HttpApiSettings.ForOperators(provider.GetRequiredService<ConsoleOptions>())))
            .AddSingleton<IHttpEndpoint, OpenApiRoute>();

    private static HttpApiHandler Create(IServiceProvider provider, HttpApiSettings settings) => ActivatorUtilities.CreateInstance<HttpApiHandler>(provider, settings);
}
