namespace Nakama.Server.Lifecycle;

internal static class LifecycleServiceCollectionExtensions
{
    public static IServiceCollection AddLifecycle(this IServiceCollection services)
    {
        services.AddOptions<HostOptions>().Configure<NakamaOptions>(static (host, options) =>
        {
            // Loops that catch what their rounds throw are the rule; a service that fails all the same is not the end of the others.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
            host.ShutdownTimeout = TimeSpan.FromSeconds(options.ShutdownGraceSec) + NodeLifecycle.StopTimeout;
        });
        return services.AddSingleton<NodeLifecycle>().AddSingleton<LoopContext>();
    }
}
