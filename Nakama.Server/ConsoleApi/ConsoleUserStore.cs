using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.ConsoleApi;

/// <summary>The table of operators, for signing in.</summary>
internal sealed class ConsoleUserStore(NpgsqlDataSource database)
{
    private const string Columns =
        "id, username, email, password, disable_time, mfa_secret, mfa_recovery_codes, COALESCE(mfa_required, false), acl, update_time";

    private const string FindSql = $"SELECT {Columns} FROM console_user WHERE username = $1 OR email = $1 ORDER BY (username = $1) DESC LIMIT 1";

    private const string FindByIdSql = $"SELECT {Columns} FROM console_user WHERE id = $1";

    private const string SaveRootSql = $$"""
        INSERT INTO console_user (id, username, email, password, acl, mfa_required)
        VALUES ('00000000-0000-0000-0000-000000000000', $1, 'admin@nakama', $2, '{"admin": true}', $3)
        ON CONFLICT (id) DO UPDATE
        SET username = $1, email = 'admin@nakama', password = $2, acl = '{"admin": true}', mfa_required = $3, update_time = now()
        RETURNING {{Columns}}
        """;

    private const string UseRecoveryCodeSql =
        "UPDATE console_user SET mfa_recovery_codes = $3, update_time = now() WHERE id = $1 AND mfa_recovery_codes = $2";

    // Tokens contain whole seconds. The row moves to the next one, so that none works twice within the same second.
    private const string SaveMfaSql = """
        UPDATE console_user
        SET mfa_secret = $2, mfa_recovery_codes = $3, update_time = GREATEST(now(), to_timestamp($4) + INTERVAL '1 second')
        WHERE id = $1 AND date_trunc('second', update_time) <= to_timestamp($4)
        """;

    private const string SavePasswordSql = """
        UPDATE console_user SET password = $2, update_time = GREATEST(now(), to_timestamp($3) + INTERVAL '1 second')
        WHERE id = $1 AND date_trunc('second', update_time) <= to_timestamp($3)
        """;

    /// <summary>By username or email; null when there is none.</summary>
    public ValueTask<ConsoleUserRow?> FindAsync(string name, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(FindSql);
            command.Parameters.AddText(name);
            return await ReadAsync(command, token);
        }, cancellationToken);

    public ValueTask<ConsoleUserRow?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(FindByIdSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            return await ReadAsync(command, token);
        }, cancellationToken);

    /// <summary>Writes the root's row, which holds its second step and gives the audit log a name.</summary>
    public ValueTask<ConsoleUserRow> SaveRootAsync(string username, byte[]? password, bool mfaRequired, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(SaveRootSql);
            command.Parameters.AddText(username);
            command.Parameters.Add(new NpgsqlParameter { Value = (object?)password ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });
            command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = mfaRequired });
            return (await ReadAsync(command, token))!;
        }, cancellationToken);

    /// <summary>False when the codes changed concurrently: another login used one of them.</summary>
    public ValueTask<bool> ReplaceRecoveryCodesAsync(Guid id, byte[] before, byte[] after, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(UseRecoveryCodeSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = before });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = after });
            return await command.ExecuteNonQueryAsync(token) > 0;
        }, cancellationToken);

    /// <summary>False when the row changed after the given second, or was deleted.</summary>
    public ValueTask<bool> SaveMfaAsync(Guid id, byte[] secret, byte[] recoveryCodes, long notAfter, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(SaveMfaSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = secret });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = recoveryCodes });
            command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = notAfter });
            return await command.ExecuteNonQueryAsync(token) > 0;
        }, cancellationToken);

    /// <summary>False when the row changed after the given second, or was deleted.</summary>
    public ValueTask<bool> SavePasswordAsync(Guid id, byte[] password, long notAfter, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(SavePasswordSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = password });
            command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = notAfter });
            return await command.ExecuteNonQueryAsync(token) > 0;
        }, cancellationToken);

    private static async ValueTask<ConsoleUserRow?> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        return new ConsoleUserRow(
            reader.GetGuid(0),
            reader.GetString(1),
            reader.GetString(2),
            reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3),
            reader.GetFieldValue<DateTimeOffset>(4) != DateTimeOffset.UnixEpoch,
            reader.IsDBNull(5) ? null : reader.GetFieldValue<byte[]>(5),
            reader.IsDBNull(6) ? null : reader.GetFieldValue<byte[]>(6),
            reader.GetBoolean(7),
            ConsoleAcl.FromStored(reader.GetString(8)),
            reader.GetFieldValue<DateTimeOffset>(9));
    }
}
