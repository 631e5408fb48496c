namespace Aspire.Hosting;

/// <summary>Adds a PostgreSQL server and its databases.</summary>
public static class PostgresExtensions
{
    /// <summary>A server with the user <c>postgres</c>; without a given password one is made up and kept beside the data.</summary>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        if (userName is not null) throw new NotSupportedException("Without containers the user of PostgreSQL is always postgres.");
        return builder.AddResource(new PostgresServerResource(name) { Port = port, Password = password?.Resource });
    }

    /// <summary>Keeps the data between runs. A test never does.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        if (isReadOnly) throw new NotSupportedException("A database cannot run on a folder it may not write.");
        builder.Resource.Volume = name ?? $"{builder.Resource.Name}-data";
        return builder;
    }

    /// <summary>Accepted for the sake of containers: a server without one ends with the run, its data stays.</summary>
    public static IResourceBuilder<PostgresServerResource> WithLifetime(
        this IResourceBuilder<PostgresServerResource> builder, ContainerLifetime lifetime) =>
        Enum.IsDefined(lifetime) ? builder : throw new ArgumentOutOfRangeException(nameof(lifetime));

    public static IResourceBuilder<PostgresServerResource> WithHostPort(this IResourceBuilder<PostgresServerResource> builder, int? port)
    {
        builder.Resource.Port = port;
        return builder;
    }

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        database.Waits.Add(new(builder.Resource, WaitKind.Healthy));
        return builder.ApplicationBuilder.AddResource(database);
    }
}
