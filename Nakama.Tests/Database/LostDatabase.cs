using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Database;
using Nakama.Server.Lifecycle;
using Nakama.Server.Metrics;
using Nakama.ServiceDefaults;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Database;

public sealed class LostDatabase(Postgres postgres) : IClassFixture<Postgres>
{
    [Fact]
    public async Task A_pool_heals_by_itself_when_the_database_comes_back()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var database = DatabaseDefaults.CreateDataSource(server.ConnectionString("postgres"), null);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync(database)));

        await server.KillAsync();
        for (var i = 0; i < 3; i++)
        {
            var failure = await Assert.ThrowsAnyAsync<NpgsqlException>(() => AskAsync(database));
            Assert.True(DatabaseErrors.IsUnavailable(failure), failure.ToString());
        }

        await server.RestartAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync(database)));
    }

    [Fact]
    public async Task A_session_that_the_database_ended_is_away_and_the_next_one_works()
    {
        await using var database = NpgsqlDataSource.Create(postgres.Database.ConnectionString + ";Application Name=doomed");
        await AskAsync(database);
        await using (var end = postgres.Database.CreateCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'doomed'"))
        {
            await end.ExecuteNonQueryAsync();
        }

        var failure = await Assert.ThrowsAnyAsync<NpgsqlException>(() => AskAsync(database));

        Assert.True(DatabaseErrors.IsUnavailable(failure), failure.ToString());
        await AskAsync(database);
    }

    [Fact]
    public async Task A_pool_without_a_free_connection_is_away_too()
    {
        await using var database = NpgsqlDataSource.Create(postgres.Database.ConnectionString + ";Maximum Pool Size=1;Timeout=1");
        await using var only = await database.OpenConnectionAsync();

        var failure = await Assert.ThrowsAnyAsync<NpgsqlException>(() => AskAsync(database));

        Assert.True(DatabaseErrors.IsUnavailable(failure), failure.ToString());
    }

    [Fact]
    public async Task A_statement_that_is_wrong_is_not_the_connections_fault()
    {
        await using var command = postgres.Database.CreateCommand("SELECT 1 / 0");

        var failure = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteScalarAsync());

        Assert.False(DatabaseErrors.IsUnavailable(failure));
    }

    [Fact]
    public async Task Connections_are_opened_anew_when_the_hosts_addresses_change()
    {
        await using var database = NpgsqlDataSource.Create(postgres.Database.ConnectionString + ";Maximum Pool Size=1");
        var addresses = new[] { IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2") };
        using var metrics = new MetricRegistry(new MetricsOptions());
        var context = new LoopContext(TimeProvider.System, metrics, NullLoggerFactory.Instance);
        using var scan = new DnsScan(database, new DatabaseOptions(), context, NullLogger<DnsScan>.Instance)
        {
            LookUp = (_, _) => Task.FromResult(addresses),
        };

        await scan.ScanAsync(["db"], CancellationToken.None);
        var first = await AskAsync(database);
        addresses = [addresses[1], addresses[0]];
        await scan.ScanAsync(["db"], CancellationToken.None);
        var same = await AskAsync(database);
        addresses = [IPAddress.Parse("10.0.0.3")];
        await scan.ScanAsync(["db"], CancellationToken.None);
        var other = await AskAsync(database);

        Assert.Equal(first, same);
        Assert.NotEqual(first, other);
    }

    private static async Task<int> AskAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("SELECT pg_backend_pid()");
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
