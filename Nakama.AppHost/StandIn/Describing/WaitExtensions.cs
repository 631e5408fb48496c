namespace Aspire.Hosting;

/// <summary>Puts resources in order.</summary>
public static class WaitExtensions
{
    /// <summary>Starts it once the other is running and healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(new(dependency.Described(), WaitKind.Healthy));

    /// <summary>Starts it once the other is running.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Wait(new(dependency.Described(), WaitKind.Started));

    /// <summary>Starts it once the other has ended with this exit code; with another it is not started at all.</summary>
    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport => builder.Wait(new(dependency.Described(), WaitKind.Ended, exitCode));

    private static IResourceBuilder<T> Wait<T>(this IResourceBuilder<T> builder, ResourceWait wait) where T : IResource
    {
        builder.Described().Waits.Add(wait);
        return builder;
    }
}
