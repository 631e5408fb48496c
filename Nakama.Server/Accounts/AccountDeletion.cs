using Nakama.Server.Database;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>Deletes accounts with all that belongs to them, and ends what their users have open.</summary>
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
    /// <exception cref="InvalidOperationException">It is the system user's.</exception>
    public async ValueTask DeleteAsync(Guid userId, bool isRecorded, CancellationToken cancellationToken)
    {
        if (userId == Guid.Empty) throw new InvalidOperationException("cannot delete the system user");

        var isDeleted = await database.InTransactionAsync(
            (connection, token) => EraseAsync(connection, userId, isRecorded, token), cancellationToken);
        if (!isDeleted) return;

        foreach (var part in _parts)
        {
            try
            {
                part.Erased(userId);
            }
            catch (Exception e)
            {
                AccountLog.PartFailed(log, e, part.GetType().Name);
            }
        }

        var saving = revocations.RevokeAllAsync(userId, cancellationToken);
        sessions.DisconnectUser(userId, except: null);
        await saving;
    }

    /// <summary>Deletes every user but the system one. Sockets stay open and nothing is recorded; the count is returned.</summary>
    public ValueTask<int> DeleteAllAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            static async (connection, token) =>
            {
                await using var command = new NpgsqlCommand(DeleteAllSql, connection);
                return await command.ExecuteNonQueryAsync(token);
            },
            cancellationToken);

    private async ValueTask<bool> EraseAsync(NpgsqlConnection connection, Guid userId, bool isRecorded, CancellationToken cancellationToken)
    {
        // The edge counts of former friends stay as they are: clients of the reference server see them so, and read them so.
        await using (var delete = Command(DeleteSql, userId, connection))
        {
            if (await delete.ExecuteNonQueryAsync(cancellationToken) == 0) return false;
        }

        foreach (var part in _parts) await part.EraseAsync(connection, userId, cancellationToken);
        if (!isRecorded) return true;

        await using var tombstone = Command(TombstoneSql, userId, connection);
        await tombstone.ExecuteNonQueryAsync(cancellationToken);
        return true;
    }

    private static NpgsqlCommand Command(string sql, Guid userId, NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        return command;
    }
}
