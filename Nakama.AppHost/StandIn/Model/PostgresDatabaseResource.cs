using Aspire.Hosting.Running;
using Npgsql;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A database on a server of the house, created when the server is ready.</summary>
public class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource parent)
    : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
{
    public string DatabaseName { get; } = databaseName;

    public PostgresServerResource Parent { get; } = parent;

    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        $"{await Parent.GetConnectionStringAsync(cancellationToken)};Database={DatabaseName}";

    internal override async Task StartAsync(House house, CancellationToken cancellationToken)
    {
        var server = await Parent.GetConnectionStringAsync(cancellationToken);
        await using var source = NpgsqlDataSource.Create($"{server};Database=postgres;Pooling=false");
        await using var exists = source.CreateCommand("SELECT 1 FROM pg_database WHERE datname = $1");
        exists.Parameters.Add(new NpgsqlParameter<string> { TypedValue = DatabaseName });
        if (await exists.ExecuteScalarAsync(cancellationToken) is not null) return;

        var quoted = DatabaseName.Replace("\"", "\"\"", StringComparison.Ordinal);
        await using var create = source.CreateCommand($"CREATE DATABASE \"{quoted}\"");
        await create.ExecuteNonQueryAsync(cancellationToken);
    }
}
