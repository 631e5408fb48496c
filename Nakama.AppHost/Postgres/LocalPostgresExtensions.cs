using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Nakama.AppHost.Postgres;

internal static class LocalPostgresExtensions
{
    /// <summary>A PostgreSQL server from the binaries of this machine, with its data in <paramref name="folder"/>.</summary>
    /// <exception cref="DistributedApplicationException">No suitable PostgreSQL is installed.</exception>
    public static IResourceBuilder<LocalPostgresResource> AddLocalPostgres(
        this IDistributedApplicationBuilder builder, string name, DataFolder folder, int port)
    {
        var cluster = new PostgresCluster(folder, PostgresBinaries.Find(folder.Version, folder.Root, builder.Configuration[PostgresBinaries.FolderSetting]));
        var password = builder.AddParameter($"{name}-password", folder.Password, secret: true);
        var resource = new LocalPostgresResource(name, cluster, password.Resource);
        string? connectionString = null;
        var check = $"{name}-answers";
        builder.Services.AddHealthChecks().AddCheck(
            check, new PostgresAnswers(TimeProvider.System, () => connectionString is null ? null : $"{connectionString};Database=postgres;Pooling=false"));

        return builder.AddResource(resource)
            .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithArgs(context =>
            {
                foreach (var argument in cluster.Arguments(port)) context.Args.Add(argument);
            })
            .WithHealthCheck(check)
            .WithIconName("Database")
            .OnBeforeResourceStarted(async (postgres, started, cancellationToken) =>
            {
                var log = started.Services.GetRequiredService<ResourceLoggerService>().GetLogger(postgres);
                folder.EndLeftover();
                await cluster.CreateAsync(folder.Password(), line => LocalPostgresLog.Line(log, line), cancellationToken);
            })
            .OnConnectionStringAvailable(async (postgres, _, cancellationToken) =>
                connectionString = await postgres.ConnectionStringExpression.GetValueAsync(cancellationToken));
    }
}

internal static partial class LocalPostgresLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    public static partial void Line(ILogger log, string line);
}
