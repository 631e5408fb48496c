namespace Nakama.Server.Transport.Metrics;

internal static class MetricsHandlerServiceCollectionExtensions
{
    public static IServiceCollection AddMetricsEndpoint(this IServiceCollection services) => services
        .AddSingleton<MetricsReporter>()
        .AddHostedService(static provider => provider.GetRequiredService<MetricsReporter>())
        .AddSingleton<IListenerHandler, MetricsHandler>();
}
