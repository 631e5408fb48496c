namespace Nakama.Server.Transport.Metrics;

internal static class MetricsDoorSetup
{
    public static IServiceCollection AddMetricsDoor(this IServiceCollection services) => services.AddSingleton<IDoor, MetricsDoor>();
}
