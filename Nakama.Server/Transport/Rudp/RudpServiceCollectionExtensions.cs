namespace Nakama.Server.Transport.Rudp;

internal static class RudpServiceCollectionExtensions
{
    public static IServiceCollection AddReliableUdp(this IServiceCollection services) =>
        services
            .AddSingleton<RudpLogins>()
            .AddSingleton<RudpHost>()
            .AddHostedService(static provider => provider.GetRequiredService<RudpHost>());
}
