using Nakama.Server.Accounts;
using Nakama.Server.Database;
using Nakama.Server.Identity;
using Npgsql;

namespace Nakama.Server.Authentication;

/// <summary>A user that has an account with a provider's id.</summary>
internal sealed record SocialUser(Guid Id, string Username, bool IsBanned, bool HasDisplayName, bool HasAvatar);

/// <summary>The ids, names, pictures and addresses that accounts have from providers.</summary>
internal sealed class SocialStore(NpgsqlDataSource database)
{
    private const string SetEmailSql = "UPDATE users SET email = $2, update_time = now() WHERE id = $1";

    private const string CompleteSql = """
        UPDATE users SET display_name = COALESCE(NULLIF(display_name, ''), NULLIF($2, '')),
            avatar_url = COALESCE(NULLIF(avatar_url, ''), NULLIF($3, '')), update_time = now()
        WHERE id = $1
        """;

    private const string LockSql = "SELECT id FROM users WHERE id = $1 FOR UPDATE";

    public ValueTask<SocialUser?> FindAsync(SocialIdentity identity, string id, CancellationToken cancellationToken) =>
        database.RetryAsync((identity, id), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(state.identity.FindSql);
            command.Parameters.AddEach(state.id);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            if (!await row.ReadAsync(cancellationToken)) return null;
            return new SocialUser(row.GetGuid(0), row.GetString(1), UserRow.IsBanned(row.GetDateTime(2)), HasText(row, 3), HasText(row, 4));
        }, cancellationToken);

    /// <summary>The users that have one of the ids.</summary>
    public ValueTask<IReadOnlyList<Guid>> FindAllAsync(SocialIdentity identity, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        database.RetryAsync((identity, ids), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(state.identity.FindAllSql);
            command.Parameters.AddTexts([.. state.ids]);
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var users = new List<Guid>();
            while (await row.ReadAsync(cancellationToken)) users.Add(row.GetGuid(0));
            return (IReadOnlyList<Guid>)users;
        }, cancellationToken);

    /// <summary>Creates an account; the profile's address becomes its address.</summary>
    public async ValueTask<Creation> CreateAsync(
        SocialIdentity identity, Guid userId, string username, SocialProfile profile, CancellationToken cancellationToken)
    {
        try
        {
            await database.RetryAsync((identity, userId, username, profile), static async (database, state, cancellationToken) =>
            {
                var profile = state.profile;
                await using var command = database.CreateCommand(state.identity.CreateSql);
                command.Parameters.AddId(state.userId).AddEach(state.username, profile.Id, profile.Name, profile.PictureUrl, profile.Email);
                return await command.ExecuteNonQueryAsync(cancellationToken);
            }, cancellationToken);
            return Creation.Created;
        }
        catch (PostgresException e) when (DatabaseErrors.IsUniqueViolation(e))
        {
            return e.ConstraintName == AccountConstraints.Username ? Creation.UsernameTaken : Creation.IdentityTaken;
        }
    }

    /// <summary>Replaces the former id of an account by the new one.</summary>
    public ValueTask<bool> MoveAsync(SocialIdentity identity, string formerId, string id, CancellationToken cancellationToken) =>
        LinkStore.UnlessTakenAsync(database.RetryAsync((identity, formerId, id), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(state.identity.MoveSql);
            command.Parameters.AddEach(state.formerId, state.id);
            return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
        }, cancellationToken));

    /// <summary>Sets a name and a picture that an account does not have yet.</summary>
    public async ValueTask CompleteAsync(Guid userId, SocialProfile profile, CancellationToken cancellationToken) =>
        await database.RetryAsync((userId, profile), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(CompleteSql);
            command.Parameters.AddId(state.userId).AddEach(state.profile.Name, state.profile.PictureUrl);
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }, cancellationToken);

    /// <summary>Replaces an account's address. False when another account has it.</summary>
    public async ValueTask<bool> SetEmailAsync(Guid userId, string email, CancellationToken cancellationToken)
    {
        try
        {
            await database.RetryAsync((userId, email), static async (database, state, cancellationToken) =>
            {
                await using var command = database.CreateCommand(SetEmailSql);
                command.Parameters.AddId(state.userId).AddEach(state.email);
                return await command.ExecuteNonQueryAsync(cancellationToken);
            }, cancellationToken);
            return true;
        }
        catch (PostgresException e) when (DatabaseErrors.IsUniqueViolation(e, AccountConstraints.Email))
        {
            return false;
        }
    }

    /// <summary>False when another user has the id, or there is no such account. An existing id is replaced.</summary>
    public ValueTask<bool> LinkAsync(
        SocialIdentity identity, Guid userId, SocialProfile profile, CancellationToken cancellationToken) =>
        LinkStore.UnlessTakenAsync(database.RetryAsync((identity, userId, profile), static async (database, state, cancellationToken) =>
        {
            var profile = state.profile;
            await using var command = database.CreateCommand(state.identity.LinkSql);
            command.Parameters.AddId(state.userId).AddEach(profile.Id, profile.Name, profile.PictureUrl);
            return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
        }, cancellationToken));

    /// <summary>False when the id is given and differs, or when no identity would be left. An empty id needs no proof.</summary>
    public ValueTask<bool> UnlinkAsync(SocialIdentity identity, Guid userId, string id, CancellationToken cancellationToken) =>
        database.RetryAsync(
            (identity, userId, id), static (connection, state, token) => UnlinkAsync(connection, state.identity, state.userId, state.id, token), cancellationToken);

    /// <summary>Unlinks any id of the provider, as a change that is recorded.</summary>
    public ValueTask<bool> UnlinkAsync(SocialIdentity identity, Guid userId, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        database.InTransactionAsync(recorder, (connection, token) => UnlinkAsync(connection, identity, userId, "", token), cancellationToken);

    private static async ValueTask<bool> UnlinkAsync(
        NpgsqlConnection connection, SocialIdentity identity, Guid userId, string id, CancellationToken cancellationToken)
    {
        // Two concurrent removals must not each rely on the identity that the other removes.
        await using var batch = connection.CreateBatch();
        batch.Add(LockSql).Parameters.AddId(userId);
        var unlink = batch.Add(identity.UnlinkSql);
        unlink.Parameters.AddId(userId).AddEach(id);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return unlink.RecordsAffected > 0;
    }

    private static bool HasText(NpgsqlDataReader row, int ordinal) => !row.IsDBNull(ordinal) && row.GetString(ordinal).Length > 0;
}

/// <summary>The two types of parameters that these statements take.</summary>
file static class SocialParameters
{
    public static NpgsqlParameterCollection AddId(this NpgsqlParameterCollection parameters, Guid userId)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        return parameters;
    }

    public static void AddEach(this NpgsqlParameterCollection parameters, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts) parameters.AddText(text);
    }
}
