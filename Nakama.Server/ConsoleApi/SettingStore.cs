using Nakama.Server.Database;
using Nakama.Server.Leaderboards;
using Npgsql;

namespace Nakama.Server.ConsoleApi;

/// <summary>The settings that all operators share.</summary>
internal sealed class SettingStore(NpgsqlDataSource database)
{
    private const string ListSql = $"""
        SELECT name, value, update_time FROM setting
        WHERE (cardinality($1::text[]) = 0 OR name = ANY($1)) AND name NOT LIKE '{ResetClaims.Prefix}%'
        ORDER BY name
        """;

    private const string SaveSql = """
        INSERT INTO setting (name, value, update_time) VALUES ($1, $2, now())
        ON CONFLICT (name) DO UPDATE SET value = $2, update_time = now()
        RETURNING name, value, update_time
        """;

    /// <summary>The named settings, or all when none is named.</summary>
    public ValueTask<List<Nakama.Protocol.Console.Setting>> ListAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(ListSql);
            command.Parameters.AddTexts([.. names]);
            var settings = new List<Nakama.Protocol.Console.Setting>();
            await using var row = await command.ExecuteReaderAsync(token);
            while (await row.ReadAsync(token)) settings.Add(Read(row));
            return settings;
        }, cancellationToken);

    /// <exception cref="PostgresException">The value is not JSON.</exception>
    public ValueTask<Nakama.Protocol.Console.Setting> SaveAsync(string name, string value, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(SaveSql);
            command.Parameters.AddText(name);
            command.Parameters.AddJsonb(value);
            await using var row = await command.ExecuteReaderAsync(token);
            await row.ReadAsync(token);
            return Read(row);
        }, cancellationToken);

    private static Nakama.Protocol.Console.Setting Read(NpgsqlDataReader row) => new()
    {
        Name = row.GetString(0),
        Value = row.GetString(1),
        UpdateTimeSec = row.GetFieldValue<DateTimeOffset>(2).ToUnixTimeSeconds(),
    };
}
