using Nakama.Server.Database;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Database;

public sealed class Transactions(Postgres postgres) : IClassFixture<Postgres>
{
    private const string Conflict = "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$";

    public static TheoryData<string> Kinds => ["PostgreSQL 15", "CockroachDB CCL v24"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Work_that_lost_a_conflict_runs_again_and_leaves_one_trace(string version)
    {
        await using var database = Open(version);
        var name = Guid.NewGuid().ToString("N");
        var attempts = 0;

        var result = await database.InTransactionAsync(
            async (connection, token) =>
            {
                await WriteAsync(connection, name, token);
                if (++attempts < 3) await ExecuteAsync(connection, Conflict, token);
                return attempts;
            },
            CancellationToken.None);

        Assert.Equal(3, result);
        Assert.Equal(1, await CountAsync(name));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task After_twenty_attempts_the_conflict_escapes(string version)
    {
        await using var database = Open(version);
        var name = Guid.NewGuid().ToString("N");
        var attempts = 0;

        var failure = await Assert.ThrowsAsync<PostgresException>(() => database.InTransactionAsync(
            async (connection, token) =>
            {
                attempts++;
                await WriteAsync(connection, name, token);
                await ExecuteAsync(connection, Conflict, token);
            },
            CancellationToken.None).AsTask());

        Assert.Equal("40001", failure.SqlState);
        Assert.Equal(20, attempts);
        Assert.Equal(0, await CountAsync(name));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_failure_of_the_work_itself_rolls_back_and_is_not_tried_again(string version)
    {
        await using var database = Open(version);
        var name = Guid.NewGuid().ToString("N");
        var attempts = 0;

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.InTransactionAsync(
            async (connection, token) =>
            {
                attempts++;
                await WriteAsync(connection, name, token);
                throw new InvalidOperationException();
            },
            CancellationToken.None).AsTask());

        Assert.Equal(1, attempts);
        Assert.Equal(0, await CountAsync(name));
    }

    [Fact]
    public async Task Two_that_wait_for_each_other_both_succeed()
    {
        await using var database = Open("PostgreSQL 15");
        var one = Guid.NewGuid().ToString("N");
        var two = Guid.NewGuid().ToString("N");
        await using (var connection = await database.OpenConnectionAsync())
        {
            await WriteAsync(connection, one, CancellationToken.None);
            await WriteAsync(connection, two, CancellationToken.None);
        }

        using var bothHoldOne = new Barrier(2);
        await Task.WhenAll(TouchAsync(one, two), TouchAsync(two, one));

        Assert.Equal(["2", "2"], await Task.WhenAll(ValueAsync(one), ValueAsync(two)));

        Task TouchAsync(string first, string second) => Task.Run(async () =>
        {
            var isFirstRound = true;
            await database.InTransactionAsync(
                async (connection, token) =>
                {
                    await IncrementAsync(connection, first, token);
                    if (isFirstRound) bothHoldOne.SignalAndWait(token);
                    isFirstRound = false;
                    await IncrementAsync(connection, second, token);
                },
                CancellationToken.None);
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_batch_that_failed_after_its_first_row_goes_well_afterwards(string version)
    {
        await using var database = Open(version, "Maximum Pool Size=1;Max Auto Prepare=10;Auto Prepare Min Usages=5");

        // Wherever in these rounds the driver prepares the second statement, the first one fails there.
        for (var failures = 0; failures < 12; failures++)
        {
            for (var i = 0; i < failures; i++)
            {
                var failure = await Assert.ThrowsAsync<PostgresException>(() => SecondOfAsync(rows: 2).AsTask());
                Assert.Equal(PostgresErrorCodes.CardinalityViolation, failure.SqlState);
            }

            Assert.Equal(7, await SecondOfAsync(rows: 1));
        }

        ValueTask<int> SecondOfAsync(int rows) => database.InTransactionAsync(
            async (connection, token) =>
            {
                // The subquery gives as many values as the number of the row, of which only one is allowed.
                const string FailsAtSecondRow = "SELECT (SELECT v FROM generate_series(1, r) AS v) FROM generate_series(1, $1) AS r";
                await using var batch = connection.CreateBatch();
                batch.BatchCommands.Add(new(FailsAtSecondRow) { Parameters = { new NpgsqlParameter<int> { TypedValue = rows } } });
                batch.BatchCommands.Add(new("SELECT $1") { Parameters = { new NpgsqlParameter<int> { TypedValue = 7 } } });
                await using var reader = await batch.ExecuteReaderAsync(token);
                while (await reader.ReadAsync(token))
                {
                }

                await reader.NextResultAsync(token);
                await reader.ReadAsync(token);
                return reader.GetInt32(0);
            },
            CancellationToken.None);
    }

    private NpgsqlDataSource Open(string version, string options = "")
    {
        var database = NpgsqlDataSource.Create($"{postgres.Database.ConnectionString};{options}");
        DatabaseKind.Remember(database, new DatabaseKind(version));
        return database;
    }

    private static Task WriteAsync(NpgsqlConnection connection, string name, CancellationToken token) =>
        ExecuteAsync(connection, $"INSERT INTO setting (name, value) VALUES ('{name}', '0')", token);

    private static Task IncrementAsync(NpgsqlConnection connection, string name, CancellationToken token) =>
        ExecuteAsync(connection, $"UPDATE setting SET value = to_jsonb(value::int + 1) WHERE name = '{name}'", token);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(token);
    }

    private async Task<long> CountAsync(string name)
    {
        await using var command = postgres.Database.CreateCommand($"SELECT count(*) FROM setting WHERE name = '{name}'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<string> ValueAsync(string name)
    {
        await using var command = postgres.Database.CreateCommand($"SELECT value::text FROM setting WHERE name = '{name}'");
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
