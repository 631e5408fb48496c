using Nakama.Server.Accounts;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Authentication;

/// <summary>Finds users by their sign-in identities, and creates them.</summary>
internal sealed class IdentityStore(NpgsqlDataSource database)
{
    private const string ByDeviceSql = """
        SELECT u.id, u.username, u.disable_time FROM user_device d JOIN users u ON u.id = d.user_id WHERE d.id = $1
        """;

    private const string ByCustomSql = "SELECT id, username, disable_time FROM users WHERE custom_id = $1";

    private const string ByEmailSql = "SELECT id, username, disable_time, password FROM users WHERE email = $1";

    private const string ByUsernameSql = "SELECT id, username, disable_time, password FROM users WHERE username = $1";

    private const string ByIdSql = "SELECT id, username, disable_time FROM users WHERE id = $1";

    private const string CreateDeviceSql = """
        WITH created AS (
            INSERT INTO users (id, username, create_time, update_time) VALUES ($1, $2, now(), now()) RETURNING id)
        INSERT INTO user_device (id, user_id) SELECT $3, id FROM created
        """;

    private const string CreateCustomSql = """
        INSERT INTO users (id, username, custom_id, create_time, update_time) VALUES ($1, $2, $3, now(), now())
        """;

    private const string CreateEmailSql = """
        INSERT INTO users (id, username, email, password, create_time, update_time) VALUES ($1, $2, $3, $4, now(), now())
        """;

    public ValueTask<KnownUser?> FindByDeviceAsync(string device, CancellationToken cancellationToken) =>
        FindAsync(ByDeviceSql, device, cancellationToken);

    public ValueTask<KnownUser?> FindByCustomIdAsync(string customId, CancellationToken cancellationToken) =>
        FindAsync(ByCustomSql, customId, cancellationToken);

    /// <summary>Includes the password's hash. The address must be in lower case.</summary>
    public ValueTask<KnownUser?> FindByEmailAsync(string email, CancellationToken cancellationToken) =>
        FindAsync(ByEmailSql, email, cancellationToken);

    /// <summary>Includes the password's hash.</summary>
    public ValueTask<KnownUser?> FindByUsernameAsync(string username, CancellationToken cancellationToken) =>
        FindAsync(ByUsernameSql, username, cancellationToken);

    public ValueTask<KnownUser?> FindAsync(Guid userId, CancellationToken cancellationToken) =>
        FindAsync(ByIdSql, userId, cancellationToken);

    public ValueTask<Creation> CreateWithDeviceAsync(Guid userId, string username, string device, CancellationToken cancellationToken) =>
        CreateAsync(CreateDeviceSql, userId, username, device, null, cancellationToken);

    public ValueTask<Creation> CreateWithCustomIdAsync(Guid userId, string username, string customId, CancellationToken cancellationToken) =>
        CreateAsync(CreateCustomSql, userId, username, customId, null, cancellationToken);

    public ValueTask<Creation> CreateWithEmailAsync(
        Guid userId, string username, string email, byte[] passwordHash, CancellationToken cancellationToken) =>
        CreateAsync(CreateEmailSql, userId, username, email, passwordHash, cancellationToken);

    private ValueTask<KnownUser?> FindAsync<TKey>(string sql, TKey key, CancellationToken cancellationToken) =>
        database.RetryAsync((sql, key), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(state.sql);
            command.Parameters.Add(new NpgsqlParameter<TKey> { TypedValue = state.key });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            if (!await row.ReadAsync(cancellationToken)) return null;
            var hash = row.FieldCount > 3 && !row.IsDBNull(3) ? row.GetFieldValue<byte[]>(3) : null;
            return new KnownUser(row.GetGuid(0), row.GetString(1), UserRow.IsBanned(row.GetDateTime(2)), hash);
        }, cancellationToken);

    private async ValueTask<Creation> CreateAsync(
        string sql, Guid userId, string username, string identity, byte[]? passwordHash, CancellationToken cancellationToken)
    {
        try
        {
            return await database.RetryAsync(
                (sql, userId, username, identity, passwordHash),
                static async (database, state, cancellationToken) =>
                {
                    await using var command = database.CreateCommand(state.sql);
                    command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = state.userId });
                    command.Parameters.AddText(state.username);
                    command.Parameters.AddText(state.identity);
                    if (state.passwordHash is not null)
                        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = state.passwordHash });
                    await command.ExecuteNonQueryAsync(cancellationToken);
                    return Creation.Created;
                },
                cancellationToken);
        }
        catch (PostgresException e) when (DatabaseErrors.IsUniqueViolation(e))
        {
            return e.ConstraintName == AccountConstraints.Username ? Creation.UsernameTaken : Creation.IdentityTaken;
        }
    }
}
