using Nakama.Server.Database;
using Npgsql;
using static Nakama.Server.ConsoleApi.OperatorRows;

namespace Nakama.Server.ConsoleApi;

/// <summary>The table of operators, for their management by other operators.</summary>
internal sealed class OperatorStore(NpgsqlDataSource database)
{
    private const string ListSql =
        $"SELECT {Columns} FROM console_user WHERE id <> '00000000-0000-0000-0000-000000000000' ORDER BY username";

    private const string FindSql = $"SELECT {Columns} FROM console_user WHERE username = $1";

    private const string LockSql = $"{FindSql} FOR UPDATE";

    private const string DeleteSql = $"DELETE FROM console_user WHERE id = $1 RETURNING {Columns}";

    private const string ForgetPasswordSql = $"UPDATE console_user SET password = NULL, {NextSecond} WHERE id = $1 RETURNING {Columns}";

    private const string RequireMfaSql = $"UPDATE console_user SET mfa_required = $2, {NextSecond} WHERE id = $1 RETURNING {Columns}";

    private const string ResetMfaSql =
        $"UPDATE console_user SET mfa_secret = NULL, mfa_recovery_codes = NULL, {NextSecond} WHERE id = $1 RETURNING {Columns}";

    /// <summary>All operators but the configured administrator, by name.</summary>
    public ValueTask<List<OperatorRow>> ListAsync(CancellationToken cancellationToken) =>
        database.RetryAsync(static async (connection, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(ListSql);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var users = new List<OperatorRow>();
            while (await reader.ReadAsync(cancellationToken)) users.Add(Read(reader));
            return users;
        }, cancellationToken);

    /// <summary>By exact name; null when there is none.</summary>
    public ValueTask<OperatorRow?> FindAsync(string username, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) => await OneAsync(connection, FindSql, token, Text(username)), cancellationToken);

    /// <summary>
    /// Creates an operator without a password, or changes the rights of the one with this name, whose address is kept. The
    /// callback gets the existing row, if any, which is locked until the end of the transaction.
    /// </summary>
    /// <exception cref="Errors.ApiException">The name or the address is another's, or the callback threw.</exception>
    public async ValueTask<(OperatorRow Row, bool IsNew)> SaveAsync(
        string username, string email, ConsoleAcl acl, bool mfaRequired, Action<OperatorRow> judge, CancellationToken cancellationToken)
    {
        try
        {
            return await database.InTransactionAsync<(OperatorRow, bool)>(async (connection, token) =>
            {
                if (await OneAsync(connection, LockSql, token, Text(username)) is not { } there)
                    return ((await OneAsync(connection, InsertSql, token, Id(Guid.NewGuid()), Text(username), Text(email), Acl(acl), Flag(mfaRequired)))!, true);
                judge(there);
                return ((await OneAsync(connection, UpdateSql, token, Id(there.Id), Acl(acl), Flag(mfaRequired)))!, false);
            }, cancellationToken);
        }
        catch (PostgresException fault) when (DatabaseErrors.IsUniqueViolation(fault))
        {
            throw ConsoleErrors.UserTaken;
        }
    }

    /// <summary>
    /// Null when there is no such operator. The callback gets the row first, which is locked until the end of the transaction.
    /// </summary>
    public ValueTask<OperatorRow?> SetAclAsync(string username, ConsoleAcl acl, Action<OperatorRow> judge, CancellationToken cancellationToken) =>
        ChangeAsync(username, judge, UpdateSql, there => [Acl(acl), Flag(there.MfaRequired)], cancellationToken);

    /// <inheritdoc cref="SetAclAsync"/>
    public ValueTask<OperatorRow?> DeleteAsync(string username, Action<OperatorRow> judge, CancellationToken cancellationToken) =>
        ChangeAsync(username, judge, DeleteSql, static _ => [], cancellationToken);

    /// <summary>Removes the password, so that the operator must set a new one to sign in.</summary>
    /// <inheritdoc cref="SetAclAsync"/>
    public ValueTask<OperatorRow?> ForgetPasswordAsync(string username, Action<OperatorRow> judge, CancellationToken cancellationToken) =>
        ChangeAsync(username, judge, ForgetPasswordSql, static _ => [], cancellationToken);

    /// <inheritdoc cref="SetAclAsync"/>
    public ValueTask<OperatorRow?> RequireMfaAsync(string username, bool isRequired, Action<OperatorRow> judge, CancellationToken cancellationToken) =>
        ChangeAsync(username, judge, RequireMfaSql, _ => [Flag(isRequired)], cancellationToken);

    /// <inheritdoc cref="SetAclAsync"/>
    public ValueTask<OperatorRow?> ResetMfaAsync(string username, Action<OperatorRow> judge, CancellationToken cancellationToken) =>
        ChangeAsync(username, judge, ResetMfaSql, static _ => [], cancellationToken);

    private ValueTask<OperatorRow?> ChangeAsync(
        string username, Action<OperatorRow> judge, string sql, Func<OperatorRow, NpgsqlParameter[]> values, CancellationToken cancellationToken) =>
        database.InTransactionAsync(async (connection, token) =>
        {
            if (await OneAsync(connection, LockSql, token, Text(username)) is not { } there) return null;
            judge(there);
            return await OneAsync(connection, sql, token, [Id(there.Id), .. values(there)]);
        }, cancellationToken);

    private static NpgsqlParameter<string?> Text(string value) => TextParameters.Text(value);
}
