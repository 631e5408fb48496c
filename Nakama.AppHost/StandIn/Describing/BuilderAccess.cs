namespace Aspire.Hosting;

/// <summary>The way from a builder, whose type says what a resource can do, to the resource all of them are.</summary>
internal static class BuilderAccess
{
    public static Resource Described<T>(this IResourceBuilder<T> builder) where T : IResource => (Resource)(object)builder.Resource;

    public static IResourceBuilder<T> Set<T>(this IResourceBuilder<T> builder, string name, Func<CancellationToken, ValueTask<string?>> value)
        where T : IResource
    {
        builder.Described().Variables[name] = value;
        return builder;
    }
}
