using Nakama.Server.Api;

namespace Nakama.Server.Transport.Http;

internal static class HttpSetup
{
    public static IServiceCollection AddHttpDoors(this IServiceCollection services) =>
        services
            .AddClientAddresses()
            .AddSingleton<IDoor>(static provider => Create(provider, HttpDoorSettings.ForGames(provider.GetRequiredService<SocketOptions>())))
            .AddSingleton<IDoor>(static provider => Create(provider, HttpDoorSettings.ForOperators(provider.GetRequiredService<ConsoleOptions>())))
            .AddSingleton<IDoorRoute, OpenApiRoute>();

    private static HttpDoor Create(IServiceProvider provider, HttpDoorSettings settings) => ActivatorUtilities.CreateInstance<HttpDoor>(provider, settings);
}
