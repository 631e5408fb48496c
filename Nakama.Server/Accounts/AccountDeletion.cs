using Nakama.Server.Database;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>Deletes accounts with all their data, and closes the sockets of their users.</summary>
public sealed class AccountDeletion(
    NpgsqlDataSource database, IEnumerable<IAccountPart> parts, Revocations revocations, SessionDisconnects sessions,
    ILogger<AccountDeletion> log)
{
    private const string DeleteSql = "DELETE FROM users WHERE id = $1";

    private const string TombstoneSql = "INSERT INTO user_tombstone (user_id) VALUES ($1) ON CONFLICT (user_id) DO NOTHING";

    private const string DeleteAllSql = "DELETE FROM users WHERE id <> '00000000-0000-0000-0000-000000000000'";

    private readonly IAccountPart[] _parts = [.. parts];

    /// <summary>
    /// Deletes an account, its tokens and its sockets. Nothing happens when there is none. With
    /// <paramref name="isRecorded"/> the deletion leaves a tombstone.
    /// </summary>
    /// <exception cref="InvalidOperationException">The account is the system user's.</exception>
    public ValueTask DeleteAsync(Guid userId, bool isRecorded, CancellationToken cancellationToken) =>
        DeleteAsync(userId, isRecorded, null, cancellationToken);

    /// <summary>The same on behalf of an operator, whose change is recorded; a deletion without a recorder forgets the user.</summary>
    public async ValueTask DeleteAsync(Guid userId, bool isRecorded, IChangeRecorder? recorder, CancellationToken cancellationToken)
    {
        if (userId == Guid.Empty) throw new InvalidOperationException("cannot delete the system user");

        var isForgotten = isRecorded || recorder is null;
        var erased = await database.InTransactionAsync(
            recorder, (connection, token) => EraseAsync(connection, userId, isRecorded, isForgotten, token), cancellationToken);
        if (erased is null) return;

        foreach (var (part, drop) in erased)
        {
            try
            {
                drop();
            }
            catch (Exception e)
            {
                AccountLog.PartFailed(log, e, part);
            }
        }

        // The effects of a committed change are applied even if the caller has cancelled.
        var saving = revocations.RevokeAllAsync(userId, CancellationToken.None);
        sessions.DisconnectUser(userId, except: null);
        await saving;
    }

    /// <summary>
    /// Deletes every user but the system user. Sockets stay open and no tombstones are written; returns the count. When it is
    /// cancelled, nothing was deleted.
    /// </summary>
    public ValueTask<int> DeleteAllAsync(CancellationToken cancellationToken) =>
        database.RetryAsync(
            static async (connection, token) =>
            {
                // Many accounts take longer than the driver waits by default; the caller's token still ends the statement.
                await using var command = new NpgsqlCommand(DeleteAllSql, connection) { CommandTimeout = 0 };
                return await command.ExecuteNonQueryAsync(token);
            },
            cancellationToken);

    /// <summary>The actions of each part after the commit; null when there is no such account.</summary>
    private async ValueTask<List<(string Part, Action Drop)>?> EraseAsync(
        NpgsqlConnection connection, Guid userId, bool isRecorded, bool isForgotten, CancellationToken cancellationToken)
    {
        // The edge counts of former friends are not updated: clients of the reference server see and expect these values.
        await using (var delete = Command(DeleteSql, userId, connection))
        {
            if (await delete.ExecuteNonQueryAsync(cancellationToken) == 0) return null;
        }

        var erased = new List<(string, Action)>();
        foreach (var part in _parts)
        {
            if (await part.EraseAsync(connection, userId, isForgotten, cancellationToken) is { } drop) erased.Add((part.GetType().Name, drop));
        }

        if (!isRecorded) return erased;

        await using var tombstone = Command(TombstoneSql, userId, connection);
        await tombstone.ExecuteNonQueryAsync(cancellationToken);
        return erased;
    }

    private static NpgsqlCommand Command(string sql, Guid userId, NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        return command;
    }
}
