using System.Text.Json;
using Nakama.Server.Database;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Accounts;

/// <summary>
/// Reads and restores an account as a whole, as part of a transaction: profile, ways to sign in and ban, without the wallet. Of the
/// password only whether there is one.
/// </summary>
internal static class AccountStateStore
{
    private static readonly string[] Texts =
    [
        "username", "display_name", "avatar_url", "lang_tag", "location", "timezone", "email", "custom_id", "apple_id", "facebook_id",
        "facebook_instant_game_id", "google_id", "gamecenter_id", "steam_id",
    ];

    private const string ReadSql = """
        SELECT username, display_name, avatar_url, lang_tag, location, timezone, email, custom_id, apple_id, facebook_id,
            facebook_instant_game_id, google_id, gamecenter_id, steam_id, metadata, disable_time, password IS NOT NULL
        FROM users WHERE id = $1 FOR UPDATE
        """;

    private const string DevicesSql = "SELECT id FROM user_device WHERE user_id = $1";

    private const string RestoreSql = """
        UPDATE users SET username = $2, display_name = $3, avatar_url = $4, lang_tag = $5, location = $6, timezone = $7, email = $8,
            custom_id = $9, apple_id = $10, facebook_id = $11, facebook_instant_game_id = $12, google_id = $13, gamecenter_id = $14,
            steam_id = $15, metadata = $16, disable_time = $17, password = CASE WHEN $18 THEN password END, update_time = now()
        WHERE id = $1
        """;

    private const string RemoveDevicesSql = "DELETE FROM user_device WHERE user_id = $1 AND NOT (id = ANY($2))";

    private const string AddDevicesSql = """
        INSERT INTO user_device (id, user_id)
        SELECT added.id, $1 FROM unnest($2::text[]) AS added (id)
        WHERE NOT EXISTS (SELECT 1 FROM user_device d WHERE d.id = added.id AND d.user_id = $1)
        """;

    private const int MetadataColumn = 14;
    private const int DisableTimeColumn = 15;
    private const int PasswordColumn = 16;

    /// <summary>Locks the account and reads it; null when there is none.</summary>
    public static async ValueTask<ObjectState?> ReadAsync(NpgsqlConnection connection, Guid userId, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        foreach (var sql in (string[])[ReadSql, DevicesSql]) batch.Add(sql).Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken)) return null;
        var texts = new string?[Texts.Length];
        for (var i = 0; i < Texts.Length; i++) texts[i] = row.IsDBNull(i) ? null : row.GetString(i);
        var (metadata, disabledAt, hasPassword) = (row.GetString(MetadataColumn), row.GetDateTime(DisableTimeColumn), row.GetBoolean(PasswordColumn));

        await row.NextResultAsync(cancellationToken);
        var devices = new List<string>();
        while (await row.ReadAsync(cancellationToken)) devices.Add(row.GetString(0));
        devices.Sort(StringComparer.Ordinal);
        return ObjectState.Write(writer =>
        {
            for (var i = 0; i < Texts.Length; i++) writer.WriteString(Texts[i], texts[i]);
            writer.WriteStartArray("devices");
            foreach (var device in devices) writer.WriteStringValue(device);
            writer.WriteEndArray();
            writer.WriteBoolean("has_password", hasPassword);
            writer.WriteString("disable_time", UserRow.IsBanned(disabledAt) ? ObjectState.Text(disabledAt) : null);
            writer.WritePropertyName("metadata");
            writer.WriteRawValue(metadata, skipInputValidation: true);
        });
    }

    /// <summary>
    /// Puts a state back on an account that is locked. A password that has been removed since stays away, as it is not kept.
    /// </summary>
    /// <exception cref="PostgresException">A unique value belongs to another account by now.</exception>
    public static async ValueTask RestoreAsync(NpgsqlConnection connection, Guid userId, JsonElement state, CancellationToken cancellationToken)
    {
        string[] devices = [.. state.GetProperty("devices").EnumerateArray().Select(static device => device.GetString()!)];
        await using var batch = connection.CreateBatch();
        var parameters = batch.Add(RestoreSql).Parameters;
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        foreach (var name in Texts) parameters.AddText(state.GetProperty(name).GetString());
        parameters.AddJsonb(state.GetProperty("metadata").GetRawText());
        parameters.Add(new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlDbType.TimestampTz,
            Value = IsBanned(state) ? ObjectState.Time(state.GetProperty("disable_time").GetString()!) : DatabaseTime.Epoch,
        });
        parameters.Add(new NpgsqlParameter<bool> { TypedValue = state.GetProperty("has_password").GetBoolean() });
        foreach (var sql in (string[])[RemoveDevicesSql, AddDevicesSql])
        {
            var command = batch.Add(sql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
            command.Parameters.AddTexts(devices);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public static bool IsBanned(JsonElement state) => state.GetProperty("disable_time").ValueKind == JsonValueKind.String;
}
