using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Nakama.AppHost.Postgres;

/// <summary>The database of the run, and the location of its data; <paramref name="Place"/> is shown on the terminal.</summary>
internal sealed record NakamaDatabase(IResourceBuilder<IResourceWithConnectionString> Resource, string Place, int? LocalPort);

internal static class NakamaDatabaseExtensions
{
    private const string ServerName = "postgres";
    private const string ContainerTag = "18.3";

    /// <summary>
    /// The database <c>ConnectionStrings:{name}</c> where one is set, else a PostgreSQL server: in a container where an engine
    /// is running, from the binaries of this machine otherwise. <c>Postgres=container</c> or <c>local</c> overrides the choice.
    /// </summary>
    /// <exception cref="DistributedApplicationException">
    /// The server is not available; the message contains the remedy.
    /// </exception>
    public static NakamaDatabase AddNakamaDatabase(
        this IDistributedApplicationBuilder builder, string name, string databaseName, AppHostPorts ports)
    {
        if (!string.IsNullOrEmpty(builder.Configuration.GetConnectionString(name)))
            return new(builder.AddConnectionString(name), "the database you have given", LocalPort: null);
        if (builder.ExecutionContext.IsPublishMode)
            return new(builder.AddPostgres(ServerName).WithDataVolume().AddDatabase(name, databaseName), "", LocalPort: null);

        var isContainer = IsContainer(builder.Configuration["Postgres"]);
        var folder = builder.Configuration.GetValue("Throwaway", false)
            ? DataFolder.OpenTemporary()
            : DataFolder.Open(builder.Configuration[DataFolder.Setting], Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..")), DataFolder.DefaultParent);
        // The service container disposes it when the app host ends.
        builder.Services.AddSingleton(_ => folder);
        builder.Services.AddHostedService<DataFolderLifetime>();
        try
        {
            return isContainer ? AddContainer(builder, name, databaseName, folder) : AddLocal(builder, name, databaseName, folder, ports.Postgres);
        }
        catch (DistributedApplicationException)
        {
            folder.Dispose();
            throw;
        }
    }

    private static bool IsContainer(string? choice) => choice switch
    {
        null or "" => ContainerEngine.Answers(),
        "local" => false,
        "container" when ContainerEngine.Answers() => true,
        "container" => throw new DistributedApplicationException(
            "Postgres=container was asked for, but no container engine answers. Start Docker or Podman, or use the PostgreSQL of this machine with --Postgres=local."),
        _ => throw new DistributedApplicationException($"Postgres is \"container\" or \"local\", not \"{choice}\"."),
    };

    private static NakamaDatabase AddContainer(IDistributedApplicationBuilder builder, string name, string databaseName, DataFolder folder)
    {
        var volume = $"nakama-{folder.Name}";
        var password = builder.AddParameter($"{ServerName}-password", folder.Password, secret: true);
        var server = builder.AddPostgres(ServerName, password: password).WithImageTag(ContainerTag);
        if (folder.IsKept) server.WithDataVolume(volume);
        return new(server.AddDatabase(name, databaseName), $"container volume {volume}, password in {folder.Root}", LocalPort: null);
    }

    private static NakamaDatabase AddLocal(
        IDistributedApplicationBuilder builder, string name, string databaseName, DataFolder folder, int port)
    {
        // The server creates its database when it migrates the schema.
        var server = builder.AddLocalPostgres(ServerName, folder, port);
        var database = builder.AddConnectionString(name, ReferenceExpression.Create($"{server.Resource};Database={databaseName}"))
            .WithParentRelationship(server);
        // The child is ready when its parent responds; without this, resources that wait for it would not wait for the server.
        database.WaitFor(server);
        return new(database, $"{folder.Root}, port {port}", port);
    }
}
