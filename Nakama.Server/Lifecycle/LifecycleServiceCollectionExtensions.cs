
namespace Nakama.Server.Lifecycle;

internal static class LifecycleServiceCollectionExtensions
{
    public static IServiceCollection AddLifecycle(this IServiceCollection services)
    {
        services.AddOptions<HostOptions>().Configure<NodeInfo>(static (host, node) =>
        {
            // Loops normally catch the exceptions of their rounds; a service that fails nevertheless must not stop the others.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
            host.ShutdownTimeout = node.ShutdownGrace + NodeLifecycle.StopTimeout;
        });
        return services.AddSingleton<NodeLifecycle>().AddSingleton<LoopContext>();
    }
}
