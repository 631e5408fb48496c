using System.Globalization;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Long;

/// <summary>
/// A database with a million accounts, five million storage objects, and as much of everything else as goes with them. Filled without
/// indexes, which are built afterwards as they were.
/// </summary>
public sealed class LargeDatabase : IAsyncLifetime
{
    public const int Accounts = 1_000_000;
    public const int Objects = 5_000_000;
    public const int SystemObjects = 200_000;
    public const int Groups = 200_000;
    public const int Records = 1_000_000;

    /// <summary>The rows of a table that must not be read as a whole.</summary>
    public const int ManyRows = 100_000;

    // The word of a number, and the name of a user: SwiftFox777777, IRONbear21, ...
    private const string Adjective = "(ARRAY['Swift','iron','DARK','Silent','golden','Frozen','crimson','Lucky','mad','Ancient','tiny','Royal','wild','Broken','neon','Hollow','brave','Lost','electric','Grim'])[1 + i % 20]";
    private const string Noun = "(ARRAY['Fox','bear','WOLF','Dragon','raven','Knight','ghost','Tiger','wizard','Falcon','otter','Viper','rogue','Phoenix','panda','Hunter','shark','Golem','ninja','Druid'])[1 + (i / 20) % 20]";

    /// <summary>The statements of a line run one after the other, the lines at the same time; the first one is that of storage.</summary>
    private static readonly string[][] Filling =
    [
        [
            $$"""
                INSERT INTO storage (collection, key, user_id, value, version, read, create_time, update_time)
                SELECT 'saves' || c, 'slot' || (i % 100), {{User("i")}},
                    jsonb_build_object('level', i % 90, 'hero', {{Adjective}} || ' ' || {{Noun}}, 'quest', 'quest-' || (i * 7 % 5000), 'coins', i * 13 % 100000, 'map', jsonb_build_array(i % 17, i % 19, c)),
                    md5('v' || i), 1 + i % 2, {{Past("i")}}, {{Past("i")}}
                FROM generate_series(0, 4) AS c, generate_series(1, {{Accounts}}) AS i WHERE c < 4 OR i <= {{Objects - (4 * Accounts) - SystemObjects}}
                """,
            $$"""
                INSERT INTO storage (collection, key, user_id, value, version, read)
                SELECT 'catalogue', 'item-' || i, '00000000-0000-0000-0000-000000000000', jsonb_build_object('price', i % 500, 'name', {{Adjective}} || ' ' || {{Noun}}), md5('c' || i), 2
                FROM generate_series(1, {{SystemObjects}}) AS i
                """,
        ],
        [
            $$"""
                INSERT INTO users (id, username, display_name, email, custom_id, metadata, create_time, update_time)
                SELECT {{User("i")}}, {{Adjective}} || {{Noun}} || i, CASE WHEN i % 3 > 0 THEN {{Adjective}} || ' ' || {{Noun}} || ' ' || i % 1000 END,
                    CASE WHEN i % 4 = 0 THEN 'player' || i || '@example.com' END, 'custom-' || i, jsonb_build_object('clan', 'clan-' || i % 3000, 'level', i % 90), {{Past("i")}}, {{Past("i")}}
                FROM generate_series(1, {{Accounts}}) AS i
                """,
            $"INSERT INTO user_device (id, user_id) SELECT 'device-' || i, {User("i")} FROM generate_series(1, {Accounts}) AS i",
            $"INSERT INTO user_tombstone (user_id, create_time) SELECT md5('gone' || i)::uuid, {Past("i")} FROM generate_series(1, 200000) AS i",
            $$"""
                INSERT INTO groups (id, creator_id, name, description, metadata, state, edge_count, max_count, create_time, update_time)
                SELECT md5('g' || i)::uuid, {{User("i")}}, {{Noun}} || ' ' || {{Adjective}} || ' ' || i, 'Friends of ' || {{Noun}}, '{}', i % 2, CASE WHEN i = 1 THEN 2000 ELSE 2 END, 5000, {{Past("i")}}, {{Past("i")}}
                FROM generate_series(1, {{Groups}}) AS i
                """,
            // Two members each, but 2000 of the first; an edge in both directions.
            $$"""
                WITH member AS (
                    SELECT g, g * 2 + m AS i, m FROM generate_series(2, {{Groups}}) AS g, generate_series(0, 1) AS m
                    UNION ALL SELECT 1, m + 1, m FROM generate_series(0, 1999) AS m)
                INSERT INTO group_edge (source_id, position, destination_id, state)
                SELECT md5('g' || g)::uuid, g::bigint * 10000 + m, {{User("i")}}, CASE WHEN m = 0 THEN 0 ELSE 2 END FROM member
                UNION ALL SELECT {{User("i")}}, g::bigint * 10000 + m, md5('g' || g)::uuid, CASE WHEN m = 0 THEN 0 ELSE 2 END FROM member
                """,
            "INSERT INTO leaderboard (id, authoritative, sort_order, operator, metadata) VALUES ('arena', false, 1, 0, '{}')",
            $$"""
                INSERT INTO leaderboard_record (leaderboard_id, owner_id, username, score, create_time, update_time)
                SELECT 'arena', {{User("i")}}, 'user' || i, i::bigint * 7919 % 100003, {{Past("i")}}, {{Past("i")}} FROM generate_series(1, {{Records}}) AS i
                """,
            // One user has a twentieth of what is listed by user.
            $$"""
                INSERT INTO notification (id, user_id, subject, content, code, sender_id, create_time)
                SELECT md5('n' || i)::uuid, CASE WHEN i % 20 = 0 THEN {{User("1")}} ELSE {{User("i")}} END, 'Gift ' || i, '{"coins": 5}', 7, '00000000-0000-0000-0000-000000000000', {{Past("i")}}
                FROM generate_series(1, 1000000) AS i
                """,
            $$"""
                INSERT INTO wallet_ledger (id, user_id, changeset, metadata, create_time, update_time)
                SELECT md5('w' || i)::uuid, CASE WHEN i % 20 = 0 THEN {{User("1")}} ELSE {{User("i")}} END, '{"coins": 5}', '{}', {{Past("i")}}, {{Past("i")}} FROM generate_series(1, 1000000) AS i
                """,
            $$"""
                INSERT INTO purchase (transaction_id, product_id, user_id, purchase_time, create_time, update_time)
                SELECT 'purchase-' || i, 'gems', CASE WHEN i % 20 = 0 THEN {{User("1")}} ELSE {{User("i")}} END, {{Past("i")}}, {{Past("i")}}, {{Past("i")}} FROM generate_series(1, 500000) AS i
                """,
            $$"""
                INSERT INTO subscription (original_transaction_id, product_id, user_id, purchase_time, expire_time)
                SELECT 'subscription-' || i, 'pass', CASE WHEN i % 20 = 0 THEN {{User("1")}} ELSE {{User("i")}} END, {{Past("i")}}, {{Past("i")}} FROM generate_series(1, 200000) AS i
                """,
            $$"""
                INSERT INTO message (id, sender_id, username, stream_mode, stream_subject, stream_descriptor, stream_label, content, create_time, update_time)
                SELECT md5('m' || i)::uuid, {{User("i")}}, 'user' || i, 2, '00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000',
                    CASE WHEN i % 2 = 0 THEN 'lobby' ELSE 'room' || i % 1000 END, '{"text": "hello"}', {{Past("i")}}, {{Past("i")}} FROM generate_series(1, 500000) AS i
                """,
            $$"""
                INSERT INTO console_audit_log (create_time, id, console_user_id, console_username, email, action, resource, message, metadata)
                SELECT {{Past("i")}}, md5('a' || i)::uuid, md5('operator' || i % 20)::uuid, CASE WHEN i = 400000 THEN 'seldom' ELSE 'operator' || i % 20 END, '', 'UPDATE', 'ACCOUNT', 'player account data updated', '{}'
                FROM generate_series(1, 500000) AS i
                """,
            $"INSERT INTO users_notes (id, user_id, note, create_time, update_time) SELECT md5('note' || i)::uuid, {User("i % 1000 + 1")}, 'A note', {Past("i")}, {Past("i")} FROM generate_series(1, 200000) AS i",
        ],
    ];

    private string _name = "";
    private string _connection = "";

    /// <summary>In the form of a node's <c>database.address</c>.</summary>
    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var server = await Postgres.ServerAsync();
        _name = await Postgres.CreateDatabaseAsync();
        (Address, _connection) = (server.Address(_name), server.ConnectionString(_name) + ";Pooling=false;Command Timeout=0");

        var (constraints, references, indexes) = await ReadIndexesAsync();
        await AllAsync([[.. references.Concat(constraints).Select(static it => $"ALTER TABLE {it.Table} DROP CONSTRAINT {it.Name}"), .. indexes.Select(static it => $"DROP INDEX {it.Name}")]]);
        await AllAsync(Filling.Select((line, i) => (string[])[.. line, .. Indexed(isStorage: i == 0)]));
        await AllAsync([[.. references.Select(static it => $"ALTER TABLE {it.Table} ADD CONSTRAINT {it.Name} {it.Definition}"), "VACUUM ANALYZE"]]);

        IEnumerable<string> Indexed(bool isStorage) =>
            constraints.Where(it => it.Table == "storage" == isStorage).Select(static it => $"ALTER TABLE {it.Table} ADD CONSTRAINT {it.Name} {it.Definition}")
                .Concat(indexes.Where(it => it.Table == "storage" == isStorage).Select(static it => it.Definition));
    }

    public Task DisposeAsync() => Postgres.DropDatabaseAsync(_name);

    /// <summary>A user by the number in which all were made.</summary>
    public async Task<string> UserAsync(int number) => (await AskAsync($"SELECT {User(number.ToString(CultureInfo.InvariantCulture))}::text, 0::bigint, 0::bigint"))[0].Name;

    /// <summary>A group by the number in which all were made.</summary>
    public async Task<string> GroupAsync(int number) => (await AskAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT md5('g{number}')::uuid::text, 0::bigint, 0::bigint")))[0].Name;

    /// <summary>How many rows of each large table were read so far, by scanning it or by its indexes.</summary>
    /// <param name="pool">The connections of the node, whose statistics are written when they end.</param>
    public async Task<Dictionary<string, long>> ReadsAsync(NpgsqlDataSource pool)
    {
        var now = (await AskAsync("SELECT clock_timestamp()::text, 0::bigint, 0::bigint"))[0].Name;
        pool.Clear();
        var left = $"SELECT '', count(*), 0::bigint FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND backend_start < '{now}'";
        while ((await AskAsync(left))[0].First > 0) await Task.Delay(10);
        var tables = await AskAsync($"SELECT relname::text, seq_tup_read, idx_tup_fetch FROM pg_stat_user_tables WHERE schemaname = 'public' AND n_live_tup >= {ManyRows}");
        return tables.ToDictionary(static table => table.Name, static table => table.First + table.Second);
    }

    private static string User(string number) => $"md5('u' || {number})::uuid";

    /// <summary>A time in the last months, each number's own.</summary>
    private static string Past(string number) => $"'2026-01-01 00:00:00 UTC'::timestamptz + make_interval(secs => ({number}) * 11.000003)";

    private static bool IsReference(string definition) => definition.StartsWith("FOREIGN KEY", StringComparison.Ordinal);

    private async Task<(List<Part> Constraints, List<Part> References, List<Part> Indexes)> ReadIndexesAsync()
    {
        await using var connection = await OpenAsync();
        var constraints = await ReadAsync(connection, """
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f') ORDER BY conrelid
            """);
        var indexes = await ReadAsync(connection, """
            SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
            WHERE indrelid::regclass IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
                AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid) ORDER BY indrelid
            """);
        return ([.. constraints.Where(static it => !IsReference(it.Definition))], [.. constraints.Where(static it => IsReference(it.Definition))], indexes);
    }

    private static async Task<List<Part>> ReadAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync();
        var parts = new List<Part>();
        while (await row.ReadAsync()) parts.Add(new(row.GetString(0), row.GetString(1), row.GetString(2)));
        return parts;
    }

    private Task AllAsync(IEnumerable<string[]> lines) => Task.WhenAll(lines.Select(async line =>
    {
        await using var connection = await OpenAsync();
        foreach (var sql in line.Prepend("SET maintenance_work_mem = '1GB'"))
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }));

    private async Task<List<(string Name, long First, long Second)>> AskAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<(string, long, long)>();
        while (await row.ReadAsync()) rows.Add((row.GetString(0), row.GetInt64(1), row.GetInt64(2)));
        return rows;
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync();
        return connection;
    }

    private sealed record Part(string Table, string Name, string Definition);
}
