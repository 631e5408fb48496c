using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.ConsoleApi.Oidc;

/// <summary>
/// The tables of the issuers' identities with the operators they belong to, and of the ID tokens that were used. An identity
/// is an issuer and a subject; addresses and names may change without making it another.
/// </summary>
internal sealed class OidcOperatorStore(NpgsqlDataSource database, ConsoleOptions options, TimeProvider time)
{
    private const string IdentityTableSql = """
        CREATE TABLE IF NOT EXISTS nakama_net.operator_identity (
            issuer  TEXT NOT NULL,
            subject TEXT NOT NULL,
            user_id UUID NOT NULL,
            PRIMARY KEY (issuer, subject),
            UNIQUE (issuer, user_id))
        """;

    private const string TokenTableSql = """
        CREATE TABLE IF NOT EXISTS nakama_net.oidc_token (
            token_hash BYTEA       NOT NULL PRIMARY KEY,
            forget_at  TIMESTAMPTZ NOT NULL)
        """;

    private const string ForgetTokensSql = "DELETE FROM nakama_net.oidc_token WHERE forget_at < $1";

    private const string UseTokenSql = "INSERT INTO nakama_net.oidc_token (token_hash, forget_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";

    private const string FindIdentitySql = "SELECT user_id FROM nakama_net.operator_identity WHERE issuer = $1 AND subject = $2";

    private const string HasIdentitySql = "SELECT user_id FROM nakama_net.operator_identity WHERE issuer = $1 AND user_id = $2";

    private const string SaveIdentitySql = """
        INSERT INTO nakama_net.operator_identity (issuer, subject, user_id) VALUES ($1, $2, $3)
        ON CONFLICT (issuer, subject) DO UPDATE SET user_id = excluded.user_id
        """;

    private const string IsDisabledSql = "SELECT disable_time <> 'epoch' FROM console_user WHERE id = $1";

    private const string ForgetPasswordSql = "UPDATE console_user SET password = NULL WHERE id = $1";

    private const string NameExistsSql = "SELECT id FROM console_user WHERE username = $1";

    private const int MaxAttempts = 3;

    /// <summary>The domain of addresses that nobody can have, for operators whose address is not verified.</summary>
    private const string NoAddressDomain = "oidc.invalid";

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await OwnTables.EnsureAsync(database, "operator_identity", IdentityTableSql, cancellationToken);
        await OwnTables.EnsureAsync(database, "oidc_token", TokenTableSql, cancellationToken);
    }

    /// <summary>
    /// Finds or creates the operator of an identity and gives it these rights. An operator that exists already belongs to a
    /// new identity only if it has the address that the issuer has verified, and no identity of this issuer yet. Without rights
    /// an operator is neither created nor linked, but a known one loses those it had.
    /// </summary>
    /// <exception cref="Errors.ApiException">
    /// The token was used before, the operator is disabled, the address is another identity's, or a new identity has no rights.
    /// </exception>
    public async ValueTask<OidcOperator> SignInAsync(OidcIdentity who, ConsoleAcl acl, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await database.InTransactionAsync((connection, token) => SignInAsync(connection, who, acl, token), cancellationToken);
            }
            catch (PostgresException e) when (DatabaseErrors.IsUniqueViolation(e))
            {
                // A concurrent sign-in created the same operator, or one of this name.
                if (attempt == MaxAttempts) throw OidcErrors.AddressTaken;
            }
        }
    }

    private async ValueTask<OidcOperator> SignInAsync(NpgsqlConnection connection, OidcIdentity who, ConsoleAcl acl, CancellationToken cancellationToken)
    {
        if (!await UseTokenAsync(connection, who.TokenHash, cancellationToken)) throw OidcErrors.TokenUsed;
        var (row, change) = (await FindKnownAsync(connection, who, cancellationToken), OidcChange.None);
        if (row is null && acl.IsEmpty) throw OidcErrors.NoRole;
        if (row is null) (row, change) = (await FindByAddressAsync(connection, who, cancellationToken), OidcChange.Linked);
        if (row is null) return new OidcOperator(await CreateAsync(connection, who, acl, cancellationToken), OidcChange.Created, false);

        if (await ScalarAsync(connection, IsDisabledSql, cancellationToken, Id(row.Id)) is true) throw OidcErrors.Disabled;
        if (change == OidcChange.Linked) await SaveIdentityAsync(connection, who, row.Id, cancellationToken);
        else if (row.Acl.IsSameAs(acl)) return new OidcOperator(row, OidcChange.None, false);
        else change = OidcChange.Rights;

        // Somebody else may have created the operator, or may have set its password while it had fewer rights.
        if (change == OidcChange.Linked || !row.Acl.Covers(acl)) await ForgetPasswordAsync(connection, row.Id, cancellationToken);
        row = (await OperatorRows.OneAsync(connection, OperatorRows.UpdateSql, cancellationToken, Id(row.Id), OperatorRows.Acl(acl), OperatorRows.Flag(row.MfaRequired)))!;
        return new OidcOperator(row, change, true);
    }

    private static async ValueTask ForgetPasswordAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(ForgetPasswordSql);
        command.Parameters.Add(Id(id));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async ValueTask<bool> UseTokenAsync(NpgsqlConnection connection, byte[] hash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var forget = connection.CreateCommand(ForgetTokensSql);
        forget.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await forget.ExecuteNonQueryAsync(cancellationToken);

        await using var use = connection.CreateCommand(UseTokenSql);
        use.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
        // An older token is refused for its age.
        use.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now + OidcTokens.MaxAge + 2 * OidcTokens.ClockSkew });
        return await use.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    /// <summary>Null when the identity is new, or its operator was deleted.</summary>
    private static async ValueTask<OperatorRow?> FindKnownAsync(NpgsqlConnection connection, OidcIdentity who, CancellationToken cancellationToken) =>
        await ScalarAsync(connection, FindIdentitySql, cancellationToken, Text(who.Issuer), Text(who.Subject)) is Guid id
            ? await OperatorRows.OneAsync(connection, OperatorRows.LockByIdSql, cancellationToken, Id(id))
            : null;

    private static async ValueTask<OperatorRow?> FindByAddressAsync(NpgsqlConnection connection, OidcIdentity who, CancellationToken cancellationToken)
    {
        if (who.Email is null) return null;
        // The configured administrator is never somebody else.
        if (await OperatorRows.OneAsync(connection, OperatorRows.LockByEmailSql, cancellationToken, Text(who.Email)) is not { IsRoot: false } row) return null;
        return await ScalarAsync(connection, HasIdentitySql, cancellationToken, Text(who.Issuer), Id(row.Id)) is null ? row : throw OidcErrors.AddressTaken;
    }

    private async ValueTask<OperatorRow> CreateAsync(NpgsqlConnection connection, OidcIdentity who, ConsoleAcl acl, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        var username = "";
        foreach (var name in OidcUsernames.For(who, options.Username))
        {
            username = name;
            if (await ScalarAsync(connection, NameExistsSql, cancellationToken, Text(name)) is null) break;
        }

        // An address that is not verified may be another person's, who could neither be invited nor sign in with it any more.
        var email = who.Email ?? $"{id:N}@{NoAddressDomain}";
        var row = (await OperatorRows.OneAsync(
            connection, OperatorRows.InsertSql, cancellationToken, Id(id), Text(username), Text(email), OperatorRows.Acl(acl), OperatorRows.Flag(false)))!;
        await SaveIdentityAsync(connection, who, id, cancellationToken);
        return row;
    }

    private static async ValueTask SaveIdentityAsync(NpgsqlConnection connection, OidcIdentity who, Guid userId, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(SaveIdentitySql);
        command.Parameters.AddRange((NpgsqlParameter[])[Text(who.Issuer), Text(who.Subject), Id(userId)]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The first value of the first row; null when there is no row.</summary>
    private static async ValueTask<object?> ScalarAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] values)
    {
        await using var command = connection.CreateCommand(sql);
        command.Parameters.AddRange(values);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static NpgsqlParameter<Guid> Id(Guid value) => OperatorRows.Id(value);

    private static NpgsqlParameter<string?> Text(string value) => TextParameters.Text(value);
}
