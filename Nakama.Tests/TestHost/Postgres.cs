using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Tests.TestHost;

/// <summary>The PostgreSQL server of this run, and a fixture that provides an empty copy of the schema to a test class.</summary>
public sealed class Postgres : IAsyncLifetime
{
    private const string Template = "nakama_template";

    private static readonly Lazy<Task<PostgresServer>> Shared = new(StartAsync);
    private static readonly SemaphoreSlim Copying = new(1);

    private string _name = "";

    /// <summary>The database of this fixture; its pool is disposed with it.</summary>
    public NpgsqlDataSource Database { get; private set; } = null!;

    /// <summary>The same database in the format of a node's <c>database.address</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The server behind all fixtures; it is not stopped before the end of the run.</summary>
    public static Task<PostgresServer> ServerAsync() => Shared.Value;

    /// <summary>Creates an empty copy of the schema and returns its name.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        var server = await ServerAsync();
        var name = "t" + Guid.NewGuid().ToString("N");
        // A template can be copied by one session at a time only.
        await Copying.WaitAsync();
        try
        {
            await ExecuteAsync(server, $"CREATE DATABASE {name} TEMPLATE {Template}");
        }
        finally
        {
            Copying.Release();
        }

        return name;
    }

    /// <summary>Creates a database without tables and returns its name.</summary>
    /// <param name="options">Options of the statement, such as how texts are sorted.</param>
    public static async Task<string> CreateEmptyDatabaseAsync(string options = "")
    {
        var name = "t" + Guid.NewGuid().ToString("N");
        await ExecuteAsync(await ServerAsync(), $"CREATE DATABASE {name} TEMPLATE template0 {options}");
        return name;
    }

    public static async Task DropDatabaseAsync(string name) =>
        await ExecuteAsync(await ServerAsync(), $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    /// <summary>Creates the schema of this server in a database.</summary>
    public static async Task MigrateAsync(string connectionString)
    {
        await using var database = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await new Migrator(database, TimeProvider.System, NullLogger<Migrator>.Instance).UpAsync(Migrator.NoLimit, CancellationToken.None);
    }

    async Task IAsyncLifetime.InitializeAsync()
    {
        var server = await ServerAsync();
        _name = await CreateDatabaseAsync();
        Address = server.Address(_name);
        Database = NpgsqlDataSource.Create(server.ConnectionString(_name));
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await Database.DisposeAsync();
        await DropDatabaseAsync(_name);
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var server = await PostgresServer.StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Abandon();
        await ExecuteAsync(server, $"CREATE DATABASE {Template} TEMPLATE template0");
        await MigrateAsync(server.ConnectionString(Template));
        return server;
    }

    private static async Task ExecuteAsync(PostgresServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
