using Nakama.Protocol.Console;
using Nakama.Server.Database;
using Nakama.Server.Security;
using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>
/// Exports accounts with what belongs to them, and imports profile, wallet and storage objects of an export: all of it or
/// nothing.
/// </summary>
public sealed class AccountTransfer(
    NpgsqlDataSource database, AccountStore store, IEnumerable<IAccountExportPart> exports, IEnumerable<IAccountImportPart> imports,
    ILogger<AccountTransfer> log)
{
    private const string ReplaceSql = "UPDATE users SET metadata = $2, wallet = $3, update_time = now() WHERE id = $1";

    private const string CreateSql = """
        INSERT INTO users
            (id, username, display_name, avatar_url, lang_tag, location, timezone, metadata, wallet, email, custom_id,
             facebook_id, google_id, gamecenter_id, steam_id, facebook_instant_game_id, apple_id,
             create_time, update_time, verify_time, disable_time)
        VALUES ($1, $2, NULLIF($3, ''), NULLIF($4, ''), $5, NULLIF($6, ''), NULLIF($7, ''), $8, $9, NULLIF($10, ''), NULLIF($11, ''),
                NULLIF($12, ''), NULLIF($13, ''), NULLIF($14, ''), NULLIF($15, ''), NULLIF($16, ''), NULLIF($17, ''),
                $18, $19, $20, $21)
        """;

    private const string DevicesSql = "INSERT INTO user_device (id, user_id) SELECT unnest($2), $1";

    private readonly IAccountExportPart[] _exports = [.. exports];
    private readonly IAccountImportPart[] _imports = [.. imports];

    /// <summary>All that is stored of an account; null when there is none.</summary>
    /// <exception cref="Errors.ApiException">The account is too large.</exception>
    public async ValueTask<AccountExport?> ExportAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(userId, cancellationToken) is not { } account) return null;
        // An export says what is stored, and nobody is online in a file.
        account.User.Online = false;
        return await database.InTransactionAsync(
            async (connection, token) =>
            {
                var writer = new AccountExportWriter();
                writer.Export.Account = account;
                foreach (var part in _exports) await part.ExportAsync(connection, userId, writer, token);
                return writer.Export;
            },
            cancellationToken);
    }

    /// <summary>
    /// Imports into an existing account: its metadata and wallet, and its storage objects, which are replaced. Nothing else
    /// changes.
    /// </summary>
    /// <exception cref="Errors.ApiException">The data is not valid, or there is no such account.</exception>
    public ValueTask ImportAsync(Guid userId, AccountExport data, CancellationToken cancellationToken) =>
        ImportAsync(userId, data, null, cancellationToken);

    /// <summary>The same as a change that is recorded.</summary>
    public ValueTask ImportAsync(Guid userId, AccountExport data, IChangeRecorder? recorder, CancellationToken cancellationToken)
    {
        AccountImportRules.Check(data);
        return RunAsync(userId, data, ReplaceAsync, recorder, cancellationToken);
    }

    /// <summary>
    /// Imports a new account under its exported id, with its profile, the ways to sign in but the password, its wallet and its
    /// storage objects. The system user's is imported into the existing one.
    /// </summary>
    /// <returns>The account's id.</returns>
    /// <exception cref="Errors.ApiException">The data is not valid, or a user with that id, name or way to sign in exists.</exception>
    public ValueTask<Guid> ImportNewAsync(AccountExport data, CancellationToken cancellationToken) => ImportNewAsync(data, null, cancellationToken);

    /// <summary>The same as a change that is recorded.</summary>
    /// <param name="data">The export.</param>
    /// <param name="recorders">Makes the recorder of the account's id; null when there is none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async ValueTask<Guid> ImportNewAsync(AccountExport data, Func<Guid, IChangeRecorder?>? recorders, CancellationToken cancellationToken)
    {
        AccountImportRules.Check(data);
        if (!UuidText.TryParse(data.Account.User.Id, out var userId)) throw AccountErrors.ImportIdInvalid;
        if (userId == Guid.Empty)
        {
            await RunAsync(userId, data, ReplaceAsync, recorders?.Invoke(userId), cancellationToken);
            return userId;
        }

        AccountImportRules.CheckNew(data);
        await RunAsync(userId, data, CreateAsync, recorders?.Invoke(userId), cancellationToken);
        return userId;
    }

    private async ValueTask RunAsync(
        Guid userId, AccountExport data, Func<NpgsqlConnection, Guid, AccountExport, CancellationToken, ValueTask> writeUser, IChangeRecorder? recorder,
        CancellationToken cancellationToken)
    {
        List<Func<ValueTask>> afterwards;
        try
        {
            afterwards = await database.InTransactionAsync(
                recorder,
                async (connection, token) =>
                {
                    await writeUser(connection, userId, data, token);
                    var actions = new List<Func<ValueTask>>();
                    foreach (var part in _imports)
                    {
                        if (await part.ImportAsync(connection, userId, data, token) is { } action) actions.Add(action);
                    }

                    return actions;
                },
                cancellationToken);
        }
        catch (PostgresException e) when (DatabaseErrors.IsUniqueViolation(e))
        {
            throw DatabaseErrors.IsUniqueViolation(e, AccountConstraints.Username) ? AccountErrors.ImportUsernameTaken : AccountErrors.ImportIdTaken;
        }
        catch (PostgresException e) when (DatabaseRetry.IsStatementFailure(e))
        {
            AccountLog.ImportFailed(log, e, userId);
            throw AccountErrors.ImportRefused(e.MessageText);
        }

        foreach (var action in afterwards)
        {
            try
            {
                await action();
            }
            catch (Exception e)
            {
                AccountLog.ImportPartFailed(log, e);
            }
        }
    }

    private static async ValueTask ReplaceAsync(NpgsqlConnection connection, Guid userId, AccountExport data, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ReplaceSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.AddJsonb(data.Account.User.Metadata);
        command.Parameters.AddJsonb(data.Account.Wallet);
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0) throw AccountErrors.ImportAccountMissing;
    }

    private static async ValueTask CreateAsync(NpgsqlConnection connection, Guid userId, AccountExport data, CancellationToken cancellationToken)
    {
        var (account, user) = (data.Account, data.Account.User);
        await using (var command = new NpgsqlCommand(CreateSql, connection))
        {
            var parameters = command.Parameters;
            parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
            parameters.AddText(user.Username).AddText(user.DisplayName).AddText(user.AvatarUrl)
                .AddText(user.LangTag.Length == 0 ? "en" : user.LangTag).AddText(user.Location).AddText(user.Timezone)
                .AddJsonb(user.Metadata).AddJsonb(account.Wallet)
                .AddText(account.Email).AddText(account.CustomId)
                .AddText(user.FacebookId).AddText(user.GoogleId).AddText(user.GamecenterId).AddText(user.SteamId)
                .AddText(user.FacebookInstantGameId).AddText(user.AppleId);
            foreach (var time in (ReadOnlySpan<DateTime>)
                [
                    AccountImportRules.Time(user.CreateTime), AccountImportRules.Time(user.UpdateTime),
                    AccountImportRules.Time(account.VerifyTime), AccountImportRules.Time(account.DisableTime),
                ])
            {
                parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time });
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        if (account.Devices.Count == 0) return;
        await using var devices = new NpgsqlCommand(DevicesSql, connection);
        devices.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        devices.Parameters.AddTexts([.. account.Devices.Select(static device => device.Id)]);
        await devices.ExecuteNonQueryAsync(cancellationToken);
    }
}
