namespace Nakama.Server.Transport.Metrics;

internal static class MetricsDoorSetup
{
    public static IServiceCollection AddMetricsDoor(this IServiceCollection services) => services
        .AddSingleton<MetricsReporter>()
        .AddHostedService(static provider => provider.GetRequiredService<MetricsReporter>())
        .AddSingleton<IDoor, MetricsDoor>();
}
