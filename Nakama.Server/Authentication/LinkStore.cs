using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Authentication;

/// <summary>Links further identities to accounts and unlinks them, but never the last.</summary>
public sealed class LinkStore(NpgsqlDataSource database)
{
    private const string AddDeviceSql = "INSERT INTO user_device (id, user_id) VALUES ($2, $1) ON CONFLICT DO NOTHING";

    private const string OwnDeviceSql = """
        UPDATE users SET update_time = now()
        WHERE id = $1 AND EXISTS (SELECT 1 FROM user_device WHERE id = $2 AND user_id = $1)
        """;

    private const string LinkCustomSql = """
        UPDATE users SET custom_id = $2, update_time = now()
        WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM users WHERE custom_id = $2 AND id <> $1)
        """;

    private const string LinkEmailSql = """
        UPDATE users SET email = $2, password = $3, update_time = now()
        WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM users WHERE email = $2 AND id <> $1)
        """;

    /// <summary>Two concurrent removals must not each rely on the identity that the other removes.</summary>
    private const string LockSql = "SELECT id FROM users WHERE id = $1 FOR UPDATE";

    private const string UnlinkDeviceSql = """
        WITH removed AS (
            DELETE FROM user_device WHERE id = $2 AND user_id = $1 AND (
                EXISTS (SELECT 1 FROM user_device WHERE user_id = $1 AND id <> $2)
                OR EXISTS (SELECT 1 FROM users WHERE id = $1 AND COALESCE(custom_id, email, apple_id, facebook_id,
                    facebook_instant_game_id, google_id, gamecenter_id, steam_id) IS NOT NULL))
            RETURNING user_id)
        UPDATE users SET update_time = now() WHERE id IN (SELECT user_id FROM removed)
        """;

    private const string UnlinkCustomSql = """
        UPDATE users SET custom_id = NULL, update_time = now()
        WHERE id = $1 AND ($2 = '' OR custom_id = $2) AND (
            COALESCE(email, apple_id, facebook_id, facebook_instant_game_id, google_id, gamecenter_id, steam_id) IS NOT NULL
            OR EXISTS (SELECT 1 FROM user_device WHERE user_id = $1))
        """;

    private const string UnlinkEmailSql = """
        UPDATE users SET email = NULL, password = NULL, update_time = now()
        WHERE id = $1 AND ($2 = '' OR email = $2) AND (
            COALESCE(custom_id, apple_id, facebook_id, facebook_instant_game_id, google_id, gamecenter_id, steam_id) IS NOT NULL
            OR EXISTS (SELECT 1 FROM user_device WHERE user_id = $1))
        """;

    /// <summary>False when another user has the device. Linking one that the user already has succeeds.</summary>
    public ValueTask<bool> LinkDeviceAsync(Guid userId, string device, CancellationToken cancellationToken) =>
        RunAsync(AddDeviceSql, OwnDeviceSql, userId, device, cancellationToken);

    /// <summary>False when another user has the id, or there is no such account. An existing id is replaced.</summary>
    public ValueTask<bool> LinkCustomIdAsync(Guid userId, string customId, CancellationToken cancellationToken) =>
        UnlessTakenAsync(RunAsync(null, LinkCustomSql, userId, customId, cancellationToken));

    /// <summary>False when another user has the address, or there is no such account. Existing ones are replaced.</summary>
    public ValueTask<bool> LinkEmailAsync(Guid userId, string email, byte[] passwordHash, CancellationToken cancellationToken) =>
        UnlessTakenAsync(database.RetryAsync((userId, email, passwordHash), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(LinkEmailSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = state.userId });
            command.Parameters.AddText(state.email);
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = state.passwordHash });
            return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
        }, cancellationToken));

    /// <summary>False when the user does not have it, or when no identity would be left.</summary>
    public ValueTask<bool> UnlinkDeviceAsync(Guid userId, string device, CancellationToken cancellationToken) =>
        RunAsync(LockSql, UnlinkDeviceSql, userId, device, cancellationToken);

    /// <summary>The same as a change that is recorded.</summary>
    public ValueTask<bool> UnlinkDeviceAsync(Guid userId, string device, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        RunAsync(UnlinkDeviceSql, userId, device, recorder, cancellationToken);

    /// <summary>False when the id is given and differs, or when no identity would be left. An empty id needs no proof.</summary>
    public ValueTask<bool> UnlinkCustomIdAsync(Guid userId, string customId, CancellationToken cancellationToken) =>
        RunAsync(LockSql, UnlinkCustomSql, userId, customId, cancellationToken);

    /// <summary>Unlinks any id, as a change that is recorded.</summary>
    public ValueTask<bool> UnlinkCustomIdAsync(Guid userId, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        RunAsync(UnlinkCustomSql, userId, "", recorder, cancellationToken);

    /// <summary>
    /// False when the address is given and differs, or when no identity would be left. The password is removed with it.
    /// </summary>
    public ValueTask<bool> UnlinkEmailAsync(Guid userId, string email, CancellationToken cancellationToken) =>
        RunAsync(LockSql, UnlinkEmailSql, userId, email, cancellationToken);

    /// <summary>Unlinks any address and the password, as a change that is recorded.</summary>
    public ValueTask<bool> UnlinkEmailAsync(Guid userId, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        RunAsync(UnlinkEmailSql, userId, "", recorder, cancellationToken);

    /// <summary>Another user may have linked the same identity between the statement's read and its write.</summary>
    internal static async ValueTask<bool> UnlessTakenAsync(ValueTask<bool> linking)
    {
        try
        {
            return await linking;
        }
        catch (PostgresException e) when (DatabaseErrors.IsUniqueViolation(e))
        {
            return false;
        }
    }

    /// <summary>Runs one or two statements atomically; returns whether the second changed something.</summary>
    private ValueTask<bool> RunAsync(string? first, string second, Guid userId, string value, CancellationToken cancellationToken) =>
        database.RetryAsync((first, second, userId, value), static async (database, state, cancellationToken) =>
        {
            await using var batch = database.CreateBatch();
            if (state.first == LockSql)
                batch.BatchCommands.Add(Command(LockSql, state.userId, null));
            else if (state.first is { } first)
                batch.BatchCommands.Add(Command(first, state.userId, state.value));
            var change = Command(state.second, state.userId, state.value);
            batch.BatchCommands.Add(change);
            await batch.ExecuteNonQueryAsync(cancellationToken);
            return change.RecordsAffected > 0;
        }, cancellationToken);

    /// <summary>Removes an identity in a transaction of its own; the recorder sees the user's row before and after.</summary>
    private ValueTask<bool> RunAsync(string unlinkSql, Guid userId, string value, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            recorder,
            async (connection, token) =>
            {
                await using var batch = connection.CreateBatch();
                batch.BatchCommands.Add(Command(LockSql, userId, null));
                var change = Command(unlinkSql, userId, value);
                batch.BatchCommands.Add(change);
                await batch.ExecuteNonQueryAsync(token);
                return change.RecordsAffected > 0;
            },
            cancellationToken);

    private static NpgsqlBatchCommand Command(string sql, Guid userId, string? value)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        if (value is not null) command.Parameters.AddText(value);
        return command;
    }
}
