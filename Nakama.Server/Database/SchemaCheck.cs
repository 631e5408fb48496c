using Nakama.Server.Errors;
using Npgsql;

namespace Nakama.Server.Database;

/// <summary>Lets a node start only if the database is reachable and its schema has the version of this server.</summary>
internal sealed class SchemaCheck(
    NpgsqlDataSource database, DatabaseOptions options, TimeProvider time, ILogger<SchemaCheck> log) : IHostedLifecycleService
{
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Runs before any service that uses the database.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var dsns = options.Address.Select(address => DatabaseAddress.Mask(address, "xxxxx")).ToArray();
        DatabaseLog.Connections(log, dsns);
        var kind = await PingAsync(cancellationToken);
        DatabaseLog.Information(log, kind.Version);

        var applied = await MigrationHistory.ReadAsync(database, cancellationToken)
            ?? throw new StartupException("DB schema not found, run `nakama migrate up`");
        var known = MigrationCatalog.All;
        if (known.Any(migration => !applied.ContainsKey(migration.Id)))
            throw new StartupException("DB schema outdated, run `nakama migrate up`");
        if (applied.Count > known.Count)
            throw new StartupException("DB schema newer, update Nakama");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<DatabaseKind> PingAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(PingTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await DatabaseKind.OfAsync(database, both.Token);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            throw new StartupException("Database schema not found, run `nakama migrate up`", e);
        }
        catch (Exception e) when (e is NpgsqlException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new StartupException("Error pinging database", e);
        }
    }
}
