namespace Nakama.Server.Lifecycle;

internal static class LifecycleServiceCollectionExtensions
{
    public static IServiceCollection AddLifecycle(this IServiceCollection services, NakamaOptions options)
    {
        services.Configure<HostOptions>(host =>
        {
            // Loops that catch what their rounds throw are the rule; a service that fails all the same is not the end of the others.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
            host.ShutdownTimeout = TimeSpan.FromSeconds(options.ShutdownGraceSec) + NodeLifecycle.StopTimeout;
        });
        return services.AddSingleton<NodeLifecycle>().AddSingleton<LoopContext>();
    }
}
