using System.Security.Cryptography;
using Nakama.Protocol.Api;
using Nakama.Server.Database;
using Nakama.Server.Presence;
using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>The rows of <c>users</c> and their devices.</summary>
public sealed class AccountStore(NpgsqlDataSource database, PresenceTracker presences)
{
    private const string GetSql = $"""
        SELECT {UserRow.AccountColumns} FROM users u WHERE u.id = $1
        """;

    private const string AccountsSql = $"""
        SELECT {UserRow.AccountColumns} FROM users u
        WHERE u.id = ANY($1) OR u.id IN (SELECT d.user_id FROM user_device d WHERE d.id = ANY($2))
        """;

    private const string AfterSql = $"""
        SELECT {UserRow.UserColumns} FROM users u WHERE u.id > $1 ORDER BY u.id LIMIT $2
        """;

    private const string UpToSql = $"""
        SELECT {UserRow.UserColumns} FROM users u WHERE u.id <= $1 AND u.id <> '00000000-0000-0000-0000-000000000000' ORDER BY u.id LIMIT $2
        """;

    private const string UsersSql = $"""
        SELECT {UserRow.UserColumns} FROM users u
        WHERE u.id = ANY($1) OR u.username = ANY($2) OR u.facebook_id = ANY($3)
        """;

    private const string UpdateSql = """
        UPDATE users SET
            username = COALESCE($2, username),
            display_name = CASE WHEN $3::text IS NULL THEN display_name ELSE NULLIF($3, '') END,
            avatar_url = CASE WHEN $4::text IS NULL THEN avatar_url ELSE NULLIF($4, '') END,
            lang_tag = CASE WHEN $5::text IS NULL THEN lang_tag ELSE NULLIF($5, '') END,
            location = CASE WHEN $6::text IS NULL THEN location ELSE NULLIF($6, '') END,
            timezone = CASE WHEN $7::text IS NULL THEN timezone ELSE NULLIF($7, '') END,
            metadata = COALESCE(NULLIF($8, '')::jsonb, metadata),
            update_time = now()
        WHERE id = $1 AND (
            username IS DISTINCT FROM COALESCE($2, username)
            OR ($3::text IS NOT NULL AND display_name IS DISTINCT FROM NULLIF($3, ''))
            OR ($4::text IS NOT NULL AND avatar_url IS DISTINCT FROM NULLIF($4, ''))
            OR ($5::text IS NOT NULL AND lang_tag IS DISTINCT FROM NULLIF($5, ''))
            OR ($6::text IS NOT NULL AND location IS DISTINCT FROM NULLIF($6, ''))
            OR ($7::text IS NOT NULL AND timezone IS DISTINCT FROM NULLIF($7, ''))
            OR metadata IS DISTINCT FROM COALESCE(NULLIF($8, '')::jsonb, metadata))
        """;

    /// <summary>An account with its devices; null when there is none. Its disable time is set when it is banned.</summary>
    public ValueTask<Account?> GetAsync(Guid userId, CancellationToken cancellationToken) =>
        database.RetryAsync((userId, presences), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(GetSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = state.userId });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            if (!await row.ReadAsync(cancellationToken)) return null;
            var account = UserRow.ReadAccount(row);
            account.User.Online = state.presences.IsOnline(state.userId);
            return account;
        }, cancellationToken);

    /// <summary>The users that have one of the ids, names or Facebook ids, without duplicates, in no particular order.</summary>
    public ValueTask<Users> GetUsersAsync(
        IReadOnlyCollection<Guid> ids, IReadOnlyCollection<string> usernames, IReadOnlyCollection<string> facebookIds,
        CancellationToken cancellationToken) =>
        database.RetryAsync((ids, usernames, facebookIds, presences), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(UsersSql);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. state.ids] });
            command.Parameters.AddTexts([.. state.usernames]);
            command.Parameters.AddTexts([.. state.facebookIds]);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var users = new Users();
            while (await row.ReadAsync(cancellationToken)) users.Users_.Add(ReadUser(row, state.presences));
            return users;
        }, cancellationToken);

    /// <summary>The accounts that have one of the ids or devices, without duplicates, in no particular order.</summary>
    public ValueTask<List<Account>> GetAccountsAsync(
        IReadOnlyCollection<Guid> ids, IReadOnlyCollection<string> devices, CancellationToken cancellationToken) =>
        database.RetryAsync((ids, devices, presences), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(AccountsSql);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. state.ids] });
            command.Parameters.AddTexts([.. state.devices]);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var accounts = new List<Account>();
            while (await row.ReadAsync(cancellationToken))
            {
                var account = UserRow.ReadAccount(row);
                account.User.Online = state.presences.IsOnline(row.GetGuid(0));
                accounts.Add(account);
            }

            return accounts;
        }, cancellationToken);

    /// <summary>Some random users, never the system user.</summary>
    public ValueTask<List<User>> GetRandomUsersAsync(int count, CancellationToken cancellationToken) =>
        database.RetryAsync((count, presences), static async (database, state, cancellationToken) =>
        {
            var found = new List<User>();
            if (state.count <= 0) return found;
            var from = new Guid(RandomNumberGenerator.GetBytes(16));
            await TakeAsync(found, database, AfterSql, from, state.count, state.presences, cancellationToken);
            if (found.Count < state.count)
                await TakeAsync(found, database, UpToSql, from, state.count - found.Count, state.presences, cancellationToken);
            return found;
        }, cancellationToken);

    /// <summary>
    /// Changes a profile; the update time changes only when a value differs. Nothing happens when there is no
    /// such account.
    /// </summary>
    /// <exception cref="PostgresException">The username is taken (<c>users_username_key</c>), or a value does not fit.</exception>
    public async ValueTask UpdateAsync(Guid userId, AccountChange change, CancellationToken cancellationToken) =>
        await database.RetryAsync((userId, change), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(UpdateSql);
            AddProfile(command.Parameters, state.userId, state.change);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }, cancellationToken);

    /// <summary>As the other overload, as part of a transaction.</summary>
    public static async ValueTask UpdateAsync(
        NpgsqlConnection connection, Guid userId, AccountChange change, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(UpdateSql, connection);
        AddProfile(command.Parameters, userId, change);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static User ReadUser(NpgsqlDataReader row, PresenceTracker presences)
    {
        var user = UserRow.ReadUser(row);
        user.Online = presences.IsOnline(row.GetGuid(0));
        return user;
    }

    private static async ValueTask TakeAsync(
        List<User> found, NpgsqlConnection database, string sql, Guid from, int count, PresenceTracker presences, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken)) found.Add(ReadUser(row, presences));
    }

    private static void AddProfile(NpgsqlParameterCollection parameters, Guid userId, AccountChange change)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        parameters.AddText(change.Username);
        parameters.AddText(change.DisplayName);
        parameters.AddText(change.AvatarUrl);
        parameters.AddText(change.LangTag);
        parameters.AddText(change.Location);
        parameters.AddText(change.Timezone);
        parameters.AddJsonText(change.Metadata);
    }
}
