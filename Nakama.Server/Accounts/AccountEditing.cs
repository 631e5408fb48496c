using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>Changes all values of an account at once, for operators. Values must have been checked.</summary>
public sealed class AccountEditing(NpgsqlDataSource database)
{
    private const string IdentitySql = """
        UPDATE users SET
            wallet = COALESCE(NULLIF($2, '')::jsonb, wallet),
            custom_id = CASE WHEN $3::text IS NULL THEN custom_id ELSE NULLIF($3, '') END,
            email = CASE WHEN $4::text IS NULL THEN email ELSE NULLIF($4, '') END,
            password = CASE WHEN $4 = '' THEN NULL ELSE COALESCE($5::bytea, password) END,
            update_time = now()
        WHERE id = $1
        """;

    private const string UnlinkDeviceSql = "DELETE FROM user_device WHERE id = $2 AND user_id = $1";

    private const string RenameDeviceSql = "UPDATE user_device SET id = $3 WHERE id = $2 AND user_id = $1";

    private const string DeviceSql = "SELECT 1 FROM user_device WHERE id = $1";

    private const string CheckSql = """
        SELECT email IS NOT NULL,
            COALESCE(custom_id, email, apple_id, facebook_id, facebook_instant_game_id, google_id, gamecenter_id, steam_id) IS NOT NULL
            OR EXISTS (SELECT 1 FROM user_device WHERE user_id = $1)
        FROM users WHERE id = $1
        """;

    /// <summary>Makes all changes or none. Nothing happens when there is no such account.</summary>
    /// <exception cref="PostgresException">A unique value is taken, or a value does not fit.</exception>
    /// <exception cref="Errors.ApiException">No identifier would be left, or a password has no address.</exception>
    public ValueTask ApplyAsync(Guid userId, AccountEdit edit, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        database.InTransactionAsync(recorder, (connection, token) => ApplyAsync(connection, userId, edit, token), cancellationToken);

    private static async ValueTask ApplyAsync(NpgsqlConnection connection, Guid userId, AccountEdit edit, CancellationToken cancellationToken)
    {
        if (!edit.Profile.IsEmpty) await AccountStore.UpdateAsync(connection, userId, edit.Profile, cancellationToken);
        foreach (var (old, device) in edit.Devices)
        {
            if (old == device) continue;
            await using var command = new NpgsqlCommand(device.Length == 0 ? UnlinkDeviceSql : RenameDeviceSql, connection);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
            command.Parameters.AddText(old);
            if (device.Length > 0) command.Parameters.AddText(device);
            if (await command.ExecuteNonQueryAsync(cancellationToken) == 0) await CheckOwnerAsync(connection, old, cancellationToken);
        }

        if (edit.Wallet is not null || edit.CustomId is not null || edit.Email is not null || edit.PasswordHash is not null)
            await SetIdentityAsync(connection, userId, edit, cancellationToken);
        if (edit.Unlinks || edit.PasswordHash is not null) await CheckAsync(connection, userId, edit, cancellationToken);
    }

    /// <summary>A device that is not the account's must not be another's, which would be a mistake of the operator.</summary>
    private static async ValueTask CheckOwnerAsync(NpgsqlConnection connection, string device, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(DeviceSql, connection);
        command.Parameters.AddText(device);
        if (await command.ExecuteScalarAsync(cancellationToken) is not null) throw AccountErrors.DeviceOfOther;
    }

    private static async ValueTask SetIdentityAsync(NpgsqlConnection connection, Guid userId, AccountEdit edit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(IdentitySql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.AddJsonText(edit.Wallet);
        command.Parameters.AddText(edit.CustomId);
        command.Parameters.AddText(edit.Email);
        command.Parameters.Add(new NpgsqlParameter<byte[]?> { TypedValue = edit.PasswordHash });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async ValueTask CheckAsync(NpgsqlConnection connection, Guid userId, AccountEdit edit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(CheckSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken)) return;
        var (hasEmail, hasIdentifier) = (row.GetBoolean(0), row.GetBoolean(1));
        if (edit.PasswordHash is not null && !hasEmail) throw AccountErrors.PasswordWithoutEmail;
        if (edit.Unlinks && !hasIdentifier) throw AccountErrors.LastIdentifier;
    }
}
