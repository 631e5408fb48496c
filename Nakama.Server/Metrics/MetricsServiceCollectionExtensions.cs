namespace Nakama.Server.Metrics;

internal static class MetricsServiceCollectionExtensions
{
    public static IServiceCollection AddMetricsFeature(this IServiceCollection services) =>
        services
            .AddSingleton(provider =>
            {
                var registry = new MetricRegistry(provider.GetRequiredService<MetricsOptions>());
                ProcessMetrics.Register(registry);
                return registry;
            })
            .AddSingleton<ServerMetrics>()
            .AddSingleton<CustomMetrics>();
}
