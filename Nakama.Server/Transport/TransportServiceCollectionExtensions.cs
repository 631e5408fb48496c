using Microsoft.Extensions.DependencyInjection.Extensions;
using Nakama.Server.Api;

namespace Nakama.Server.Transport;

internal static class TransportServiceCollectionExtensions
{
    /// <summary>The client address services that all transports share. May be added more than once.</summary>
    public static IServiceCollection AddClientAddresses(this IServiceCollection services)
    {
        services.TryAddSingleton<ClientAddresses>();
        services.TryAddSingleton<IClientOrigins>(static provider => provider.GetRequiredService<ClientAddresses>());
        return services;
    }
}
