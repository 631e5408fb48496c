namespace Nakama.Server.Lifecycle;

internal static class LifecycleServiceCollectionExtensions
{
    public static IServiceCollection AddLifecycle(this IServiceCollection services)
    {
        services.AddOptions<HostOptions>().Configure<NakamaOptions>(static (host, options) =>
        {
            // Loops normally catch the exceptions of their rounds; a service that fails nevertheless must not stop the others.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
            host.ShutdownTimeout = TimeSpan.FromSeconds(options.ShutdownGraceSec) + NodeLifecycle.StopTimeout;
        });
        return services.AddSingleton<NodeLifecycle>().AddSingleton<LoopContext>();
    }
}
