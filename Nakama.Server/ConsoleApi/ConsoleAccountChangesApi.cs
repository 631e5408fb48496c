using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Accounts;
using Nakama.Server.Api;
using Nakama.Server.Authentication;
using Nakama.Server.ConsoleApi.History;
using Nakama.Server.Database;
using Nakama.Server.Security;
using Npgsql;
using Account = Nakama.Protocol.Console.Account;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' changes to accounts.</summary>
internal sealed class ConsoleAccountChangesApi(
    AccountEditing editing, AccountBans bans, AccountDeletion deletion, AccountTransfer transfer, AccountStore accounts, LinkStore links,
    PasswordHasher passwords, HistoryRecorders history) : IConsoleFeature
{
    public void Map(ApiMap api)
    {
        api.Map<UpdateAccountRequest, Empty>("UpdateAccount", UpdateAsync, new("Changing an account", static () => ConsoleAccountErrors.UpdateFailed));
        api.Map<AccountId, Empty>("BanAccount", BanAsync);
        api.Map<AccountId, Empty>("UnbanAccount", UnbanAsync);
        api.Map<AccountDeleteRequest, Empty>("DeleteAccount", DeleteAsync);
        api.Map<AccountImport, Empty>("ImportAccount", ImportAsync);
        api.Map<AccountImport, Account>("ImportAccountFull", ImportNewAsync);
        api.Map<AccountId, Empty>("UnlinkCustom", UnlinkCustomAsync);
        api.Map<AccountId, Empty>("UnlinkEmail", UnlinkEmailAsync);
        api.Map<UnlinkDeviceRequest, Empty>("UnlinkDevice", UnlinkDeviceAsync);
    }

    private async ValueTask<Empty> UpdateAsync(ApiCall call, UpdateAccountRequest request, CancellationToken cancellationToken)
    {
        var id = ConsoleAccountsApi.Id(request.Id);
        if (id == Guid.Empty) throw ConsoleAccountErrors.SystemUserUpdate;
        var edit = AccountEditRules.Check(request);
        if (request.Password is { Length: > 0 } password)
            edit = edit with { PasswordHash = await passwords.HashAsync(password, PasswordCaller.At(call.ClientOrigin), cancellationToken) ?? throw ConsoleAccountErrors.PasswordTooLong };

        try
        {
            var recorder = history.ForAccount(call, HistoryActions.Update, id, setsPassword: edit.PasswordHash is not null);
            await editing.ApplyAsync(id, edit, recorder, cancellationToken);
        }
        catch (PostgresException fault) when (NameOfTaken(fault) is { } what)
        {
            throw ConsoleAccountErrors.Taken(what);
        }

        return new Empty();
    }

    private static string? NameOfTaken(PostgresException fault) =>
        DatabaseErrors.IsUniqueViolation(fault, AccountConstraints.Username) ? "Username"
        : DatabaseErrors.IsUniqueViolation(fault, AccountConstraints.Email) ? "Email"
        : DatabaseErrors.IsUniqueViolation(fault, AccountConstraints.CustomId) ? "Custom ID"
        : DatabaseErrors.IsUniqueViolation(fault, AccountConstraints.Device) ? "Device ID"
        : null;

    private async ValueTask<Empty> BanAsync(ApiCall call, AccountId request, CancellationToken cancellationToken)
    {
        var id = ConsoleAccountsApi.Id(request.Id);
        if (id == Guid.Empty) throw ConsoleAccountErrors.SystemUserBan;
        await bans.BanAsync([id], history.For(call, HistoryActions.Ban, HistoryKeys.Account(id)), cancellationToken);
        return new Empty();
    }

    private async ValueTask<Empty> UnbanAsync(ApiCall call, AccountId request, CancellationToken cancellationToken)
    {
        var id = ConsoleAccountsApi.Id(request.Id);
        if (id == Guid.Empty) throw ConsoleAccountErrors.SystemUserUnban;
        await bans.UnbanAsync([id], history.For(call, HistoryActions.Unban, HistoryKeys.Account(id)), cancellationToken);
        return new Empty();
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, AccountDeleteRequest request, CancellationToken cancellationToken)
    {
        var id = ConsoleAccountsApi.Id(request.Id);
        if (id == Guid.Empty) throw ConsoleAccountErrors.SystemUserDelete;
        // A deletion that is recorded is one that the player has demanded: nothing is kept of the account.
        var isRecorded = request.RecordDeletion ?? false;
        await deletion.DeleteAsync(
            id, isRecorded, isRecorded ? null : history.ForAccount(call, HistoryActions.Delete, id, setsPassword: false), cancellationToken);
        return new Empty();
    }

    /// <summary>As in the reference server, the id of the system user imports the account under its exported id.</summary>
    private async ValueTask<Empty> ImportAsync(ApiCall call, AccountImport request, CancellationToken cancellationToken)
    {
        var id = ConsoleAccountsApi.Id(request.Id);
        if (id == Guid.Empty) await ImportNewAsync(call, request.Data, cancellationToken);
        else await transfer.ImportAsync(id, request.Data, history.ForImport(call, id, request.Data), cancellationToken);
        return new Empty();
    }

    private async ValueTask<Account> ImportNewAsync(ApiCall call, AccountImport request, CancellationToken cancellationToken)
    {
        var id = await ImportNewAsync(call, request.Data, cancellationToken);
        var account = await accounts.GetAsync(id, cancellationToken) ?? throw ConsoleAccountErrors.NotFound;
        // Clients of the console know the id from the data; the reference server answers with the empty one.
        account.User.Id = Guid.Empty.ToString();
        return new Account { Account_ = account, DisableTime = account.DisableTime };
    }

    private ValueTask<Guid> ImportNewAsync(ApiCall call, AccountExport data, CancellationToken cancellationToken) =>
        transfer.ImportNewAsync(data, userId => history.ForImport(call, userId, data), cancellationToken);

    private async ValueTask<Empty> UnlinkCustomAsync(ApiCall call, AccountId request, CancellationToken cancellationToken)
    {
        var id = ConsoleAccountsApi.Id(request.Id);
        return await accounts.GetAsync(id, cancellationToken) is { CustomId.Length: > 0 } && await links.UnlinkCustomIdAsync(id, Unlinking(call, id), cancellationToken)
            ? new Empty()
            : throw ConsoleAccountErrors.LastIdentifier("custom ID");
    }

    private async ValueTask<Empty> UnlinkEmailAsync(ApiCall call, AccountId request, CancellationToken cancellationToken)
    {
        var id = ConsoleAccountsApi.Id(request.Id);
        return await accounts.GetAsync(id, cancellationToken) is { Email.Length: > 0 } && await links.UnlinkEmailAsync(id, Unlinking(call, id), cancellationToken)
            ? new Empty()
            : throw ConsoleAccountErrors.LastIdentifier("email address");
    }

    private async ValueTask<Empty> UnlinkDeviceAsync(ApiCall call, UnlinkDeviceRequest request, CancellationToken cancellationToken)
    {
        if (request.DeviceId.Length == 0) throw ConsoleAccountErrors.DeviceIdRequired;
        var id = ConsoleAccountsApi.Id(request.Id);
        return await links.UnlinkDeviceAsync(id, request.DeviceId, Unlinking(call, id), cancellationToken)
            ? new Empty()
            : throw ConsoleAccountErrors.LastIdentifier("device ID");
    }

    private HistoryRecorder? Unlinking(ApiCall call, Guid userId) => history.For(call, HistoryActions.Unlink, HistoryKeys.Account(userId));
}
