using Microsoft.Extensions.Logging;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Database;

public sealed class Migrations : IAsyncLifetime, IDisposable
{
    private static readonly string[] Ids =
    [
        "20180103142001_initial_schema.sql", "20180805174141-tournaments.sql", "20200116134800-facebook-instant-games.sql",
        "20200615102232-apple.sql", "20201005180855-console.sql", "20210416090601-purchase.sql", "20220426122825-subscription.sql",
        "20221027145900-subscription-raw-columns.sql", "20230222172540-purchases-not-null-uid-1.sql",
        "20230222172540-purchases-not-null-uid-2.sql", "20230706095800-leaderboard-list-index.sql",
        "20240715155039-leaderboard-rank-enable.sql", "20240725115145-purchase-index-change.sql",
        "20240801100859-add-console-user-mfa.sql", "20250113112512_add_user_edge_metadata.sql",
        "20250703094700-add-console-settings.sql", "20250926112031-console-fine-grained-acl.sql",
        "20251015150737-add-user-notes-audit-acl-templates.sql", "20260319134532-add-display-name-index.sql",
    ];

    private readonly CapturedLog _log = new();
    private string _name = "";
    private string _address = "";
    private NpgsqlDataSource _database = null!;
    private Migrator _migrator = null!;

    public async Task InitializeAsync()
    {
        _name = await Postgres.CreateEmptyDatabaseAsync();
        var server = await Postgres.ServerAsync();
        _address = server.Address(_name);
        _database = NpgsqlDataSource.Create(server.ConnectionString(_name));
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _migrator = new Migrator(_database, TimeProvider.System, loggers.CreateLogger<Migrator>());
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await Postgres.DropDatabaseAsync(_name);
    }

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task All_of_them_make_the_schema_that_both_servers_share()
    {
        Assert.Equal(19, await UpAsync());

        Assert.Equal(ExpectedSchema.Text.ReplaceLineEndings("\n"), await SchemaText.ReadAsync(_database));
        Assert.Equal(Ids, await TextsAsync("SELECT id FROM migration_info ORDER BY id COLLATE \"C\""));
        Assert.Equal(["00000000-0000-0000-0000-000000000000||en|{}|{}|0"], await TextsAsync(
            "SELECT concat_ws('|', id, username, lang_tag, metadata, wallet, edge_count) FROM users"));
        Assert.Equal(["utc_toggle=false"], await TextsAsync("SELECT name || '=' || value FROM setting"));
    }

    [Fact]
    public async Task Several_processes_apply_each_of_them_once()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => UpAsync())));

        Assert.Equal(19, counts.Sum());
        Assert.Equal(ExpectedSchema.Text.ReplaceLineEndings("\n"), await SchemaText.ReadAsync(_database));
    }

    [Fact]
    public async Task Each_one_goes_and_comes_back_to_the_schema_before_it()
    {
        var before = new List<string>();
        for (var i = 0; i < Ids.Length; i++)
        {
            before.Add(await SchemaText.ReadAsync(_database));
            Assert.Equal(1, await UpAsync(1));
            Assert.Equal(Ids[..(i + 1)], await TextsAsync("SELECT id FROM migration_info ORDER BY id COLLATE \"C\""));
        }

        for (var i = Ids.Length - 1; i >= 0; i--)
        {
            Assert.Equal(1, await _migrator.DownAsync(1, CancellationToken.None));
            var after = await SchemaText.ReadAsync(_database);
            Assert.Equal(WithoutWhatStaysLost(before[i]), WithoutWhatStaysLost(after));
        }

        Assert.Empty(await TextsAsync("SELECT id FROM migration_info"));
    }

    [Fact]
    public async Task Without_a_limit_all_of_it_goes()
    {
        await UpAsync();

        Assert.Equal(19, await _migrator.DownAsync(Migrator.NoLimit, CancellationToken.None));

        Assert.Equal(["migration_info"], await TextsAsync("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task Older_ones_that_are_missing_are_applied_and_strange_ones_are_let_be()
    {
        await UpAsync();
        await ExecuteAsync("""
            DELETE FROM migration_info WHERE id LIKE '20230706095800%';
            DROP INDEX leaderboard_create_time_id_idx;
            INSERT INTO migration_info (id) VALUES ('29990101000000-future.sql')
            """);

        Assert.Equal(1, await UpAsync());
        Assert.Equal(20, (await TextsAsync("SELECT id FROM migration_info")).Count);
    }

    [Fact]
    public async Task Redo_takes_the_newest_back_and_applies_it_again()
    {
        await UpAsync();
        await ExecuteAsync("UPDATE migration_info SET applied_at = '2020-01-01'");

        await _migrator.RedoAsync(Migrator.NoLimit, CancellationToken.None);

        Assert.Equal([Ids[^1]], await TextsAsync("SELECT id FROM migration_info WHERE applied_at > '2020-01-01'"));
        Assert.Equal(ExpectedSchema.Text.ReplaceLineEndings("\n"), await SchemaText.ReadAsync(_database));
    }

    [Fact]
    public async Task Status_names_every_one_and_when_it_was_applied_and_those_it_does_not_know()
    {
        await UpAsync(18);
        await ExecuteAsync("""
            UPDATE migration_info SET applied_at = '2026-11-21 05:28:00 UTC';
            INSERT INTO migration_info (id) VALUES ('29990101000000-future.sql')
            """);

        await _migrator.StatusAsync(Migrator.NoLimit, CancellationToken.None);

        var lines = _log.Lines.TakeLast(20).ToArray();
        Assert.Equal($"{Ids[0]} 21 Nov 26 05:28 +0000", lines[0].Text);
        Assert.Equal($"{Ids[18]} ", lines[18].Text);
        Assert.Equal(LogLevel.Warning, lines[19].Level);
        Assert.Equal("29990101000000-future.sql unknown migration, check if database is set up for a newer server version", lines[19].Text);
    }

    [Fact]
    public async Task A_plan_has_the_statements_of_what_is_missing_and_applies_nothing()
    {
        await UpAsync(17);

        await _migrator.PlanAsync(Migrator.NoLimit, CancellationToken.None);

        var lines = _log.Lines.TakeLast(3).Select(static line => line.Text).ToArray();
        Assert.StartsWith($"Would apply migration {Ids[17]} ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"Would apply migration {Ids[18]} ", lines[1], StringComparison.Ordinal);
        Assert.Contains("users_display_name_idx", lines[1], StringComparison.Ordinal);
        Assert.Equal("Migrations to apply 2", lines[2]);
        Assert.Equal(Ids[..17], await TextsAsync("SELECT id FROM migration_info ORDER BY id COLLATE \"C\""));
    }

    [Fact]
    public async Task A_plan_without_a_table_makes_none()
    {
        await _migrator.PlanAsync(3, CancellationToken.None);

        Assert.Equal("Migrations to apply 3", _log.Lines.Last().Text);
        Assert.Empty(await TextsAsync("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task Status_without_a_table_is_refused_and_makes_none()
    {
        var refusal = await Assert.ThrowsAsync<StartupException>(() => _migrator.StatusAsync(Migrator.NoLimit, CancellationToken.None));

        Assert.Equal("Could not get migration records", refusal.Message);
        Assert.Empty(await TextsAsync("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact]
    public async Task The_bookkeeping_of_old_deployments_is_kept()
    {
        await ExecuteAsync("CREATE TABLE migration_info (id VARCHAR(255) PRIMARY KEY, applied_at TIMESTAMPTZ)");

        Assert.Equal(19, await UpAsync());

        Assert.Equal(["19"], await TextsAsync("SELECT count(applied_at)::text FROM migration_info"));
    }

    [Fact]
    public async Task An_index_that_a_failed_build_left_behind_is_built_again()
    {
        await UpAsync(18);
        await ExecuteAsync("""
            INSERT INTO users (id, username, display_name)
            SELECT gen_random_uuid(), 'u' || n, 'same' FROM generate_series(1, 2) n
            """);
        await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync("CREATE UNIQUE INDEX CONCURRENTLY users_display_name_idx ON users (display_name)"));

        await UpAsync();

        Assert.Equal(ExpectedSchema.Text.ReplaceLineEndings("\n"), await SchemaText.ReadAsync(_database));
    }

    [Fact]
    public async Task Operators_keep_their_rights_when_roles_become_lists_of_permissions()
    {
        await UpAsync(16);
        await ExecuteAsync("""
            INSERT INTO console_user (id, email, username, role)
            VALUES (gen_random_uuid(), 'a@b', 'chief', 1), (gen_random_uuid(), 'b@b', 'guest', 4)
            """);

        await UpAsync(1);
        Assert.Equal(["""chief {"admin": true}""", """guest {"admin": false}"""], await TextsAsync("SELECT username || ' ' || acl FROM console_user ORDER BY 1"));
        await _migrator.DownAsync(1, CancellationToken.None);
        Assert.Equal(["chief 1", "guest 4"], await TextsAsync("SELECT username || ' ' || role FROM console_user ORDER BY 1"));
    }

    [Fact]
    public async Task A_node_starts_on_the_schema_of_its_age()
    {
        await UpAsync();

        await CheckAsync();
    }

    [Fact]
    public async Task A_node_refuses_a_database_that_is_behind()
    {
        await UpAsync(18);
        Assert.Equal("DB schema outdated, run `nakama migrate up`", await RefusalAsync());
    }

    [Fact]
    public async Task A_node_refuses_a_database_that_is_ahead()
    {
        await UpAsync();
        await ExecuteAsync("INSERT INTO migration_info (id) VALUES ('29990101000000-future.sql')");
        Assert.Equal("DB schema newer, update Nakama", await RefusalAsync());
    }

    [Fact]
    public async Task A_node_refuses_a_database_without_a_schema() =>
        Assert.Equal("DB schema not found, run `nakama migrate up`", await RefusalAsync());

    [Fact]
    public async Task A_node_refuses_a_database_that_does_not_exist()
    {
        _address = (await Postgres.ServerAsync()).Address("no_such_database");
        Assert.Equal("Database schema not found, run `nakama migrate up`", await RefusalAsync());
    }

    [Fact]
    public async Task A_database_that_is_missing_is_created()
    {
        var server = await Postgres.ServerAsync();
        var name = $"made \"here\" {_name}";
        var text = server.ConnectionString("x") + $";Database='{name}'";
        try
        {
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => DatabaseCreation.EnsureAsync(text, Logger(), CancellationToken.None)));
            await DatabaseCreation.EnsureAsync(text, Logger(), CancellationToken.None);

            Assert.Equal([name], await TextsAsync("SELECT datname::text FROM pg_database WHERE datname LIKE 'made%'"));
        }
        finally
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        }
    }

    /// <summary>The way back gives up a check and a foreign key, and puts a column at the end.</summary>
    private static string WithoutWhatStaysLost(string schema) => string.Join('\n', schema.Split('\n').Where(line =>
        !line.StartsWith("  role ", StringComparison.Ordinal)
        && !line.Contains("console_user_role_check", StringComparison.Ordinal)
        && !line.Contains("purchase_receipt_user_id_fkey", StringComparison.Ordinal)
        && !line.Contains("migration_info", StringComparison.Ordinal)
        && line is not ("  id text" or "  applied_at tstz = now")));

    private Task<int> UpAsync(int limit = Migrator.NoLimit) => _migrator.UpAsync(limit, CancellationToken.None);

    private async Task CheckAsync()
    {
        var options = new DatabaseOptions { Address = [_address] };
        await using var database = NpgsqlDataSource.Create(DatabaseConnection.Text(options));
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        await new SchemaCheck(database, options, TimeProvider.System, loggers.CreateLogger<SchemaCheck>()).StartingAsync(CancellationToken.None);
    }

    private async Task<string> RefusalAsync() => (await Assert.ThrowsAsync<StartupException>(CheckAsync)).Message;

    private Microsoft.Extensions.Logging.ILogger Logger() => _log.CreateLogger("test");

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<List<string>> TextsAsync(string sql)
    {
        var texts = new List<string>();
        await using var command = _database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return texts;
    }
}
