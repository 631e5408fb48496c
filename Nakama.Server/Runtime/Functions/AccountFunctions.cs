using System.Buffers;
using Nakama.Protocol.Console;
using Nakama.Protocol.Json;
using Nakama.Server.Accounts;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Accounts and users.</summary>
internal sealed class AccountFunctions(AccountStore store, AccountDeletion deletion, AccountTransfer transfer, AccountBans bans) : IFunctionModule
{
    private const string BadId = "each user id must be a valid id string";
    private const string BadMetadata = "expects metadata to be an object";

    public string Name => "Accounts";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("account_get_id", "An account by its id.")
            .Id("user_id", whenInvalid: "invalid user id", whenEmpty: "expects user id")
            .Returns("account").Does(GetAsync);
        functions.Function("accounts_get_id", "The accounts with the ids or devices; unknown ones are left out.")
            .OptionalTable("user_ids").OptionalTable("device_ids")
            .Returns("accounts").Does(AccountsAsync);
        functions.Function("account_update_id", "Changes a profile; metadata is replaced as a whole. In Lua an empty text keeps a value, elsewhere it clears it.")
            .Id("user_id", "expects user ID to be a valid identifier").OptionalTable("metadata", BadMetadata)
            .OptionalText("username").OptionalText("display_name").OptionalText("timezone").OptionalText("location").OptionalText("lang_tag").OptionalText("avatar_url")
            .OrderedInJavaScript("user_id", "username", "display_name", "timezone", "location", "lang_tag", "avatar_url", "metadata")
            .Does(UpdateAsync);
        functions.Function("account_delete_id", "Deletes an account with all that belongs to it; when recorded, it is remembered that there was one.")
            .Id("user_id", new("expects user ID to be a valid identifier", "invalid user id")).OptionalFlag("recorded", false)
            .Does(DeleteAsync);
        functions.Function("account_export_id", "An account with all that belongs to it, as the JSON that the console exports.")
            .Id("user_id", "expects user ID to be a valid identifier")
            .Returns("export").Does(ExportAsync);
        functions.Function("account_import_id", "Imports the metadata, wallet and storage objects of an export into an account; without a user id, a new account under its exported id.")
            .Text("data", "expects data to be a valid account export format").OptionalId("user_id", "expects user ID to be a valid identifier")
            .Returns("account").Does(ImportAsync);
        functions.Function("users_get_id", "The users with the ids or Facebook ids; unknown ones are left out.")
            .OptionalTable("user_ids").Array("expects an array of strings").OptionalTable("facebook_ids").Array("expects an array of strings")
            .Returns("users").Does(UsersByIdAsync);
        functions.Function("users_get_username", "The users with the names; unknown ones are left out.")
            .Table("usernames").Returns("users").Does(UsersByNameAsync);
        functions.Function("users_get_random", "Some users by chance, at most 1000.")
            .OptionalWhole("count", 0).Returns("users").Does(RandomAsync);
        functions.Function("users_ban_id", "Bans users: their sockets close, and none of their tokens is good any more.")
            .Table("user_ids").Does((call, token) => bans.BanAsync(call.Ids(0, BadId, Malformed), token).OrFaultAsync("failed to ban users"));
        functions.Function("users_unban_id", "Lets banned users sign in again.")
            .Table("user_ids").Does((call, token) => bans.UnbanAsync(call.Ids(0, BadId, Malformed), token).OrFaultAsync("failed to unban users"));
    }

    private async ValueTask<ScriptValue> GetAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var id = call.Id(0);
        LanguageText failure = new($"failed to get account for user_id {id}", "error getting account");
        var account = await store.GetAsync(id, cancellationToken).OrFaultAsync(failure) ?? throw Attempt.Fault(failure, "account not found");
        return ScriptValue.Of(AccountRecords.Of(account, call.Language));
    }

    private async ValueTask<ScriptValue> AccountsAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var (ids, devices) = Lists(call, "invalid device ids list", "each device id must be a string");
        if (ids.Count + devices.Count == 0) return ScriptValue.Of(new List<ScriptValue>());
        var accounts = await store.GetAccountsAsync(ids, devices, cancellationToken).OrFaultAsync("failed to get accounts");
        return ScriptValue.Of(accounts.ConvertAll(account => ScriptValue.Of(AccountRecords.Of(account, call.Language))));
    }

    private async ValueTask<ScriptValue> UpdateAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        LanguageText failure = new("error while trying to update user", "error trying to update user");
        var change = new AccountChange
        {
            Metadata = call.JsonOrNull(1, BadMetadata),
            Username = call.TextOrNull(2) is { Length: > 0 } username ? username : null,
            DisplayName = call.Change(3),
            Timezone = call.Change(4),
            Location = call.Change(5),
            LangTag = call.Change(6),
            AvatarUrl = call.Change(7),
        };
        return await store.UpdateAsync(call.Id(0), change, cancellationToken).OrFaultAsync(failure, static e =>
            e is PostgresException refused && DatabaseErrors.IsUniqueViolation(refused, AccountConstraints.Username)
                ? AccountErrors.UsernameTaken.Message
                : Cause.Of(e));
    }

    private async ValueTask<ScriptValue> DeleteAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        const string Failure = "error while trying to delete account";
        if (call.Id(0) == Guid.Empty) throw Attempt.Fault(Failure, "cannot delete the system user");
        return await deletion.DeleteAsync(call.Id(0), call.Flag(1), cancellationToken).OrFaultAsync(Failure);
    }

    private async ValueTask<ScriptValue> ExportAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        const string Failure = "error exporting account";
        var export = await transfer.ExportAsync(call.Id(0), cancellationToken).OrFaultAsync(Failure) ?? throw Attempt.Fault(Failure, "account not found");
        var text = new ArrayBufferWriter<byte>();
        ProtoJson.Write(export, text, JsonFormat.Api);
        return ScriptValue.TextOf(text.WrittenSpan.ToArray());
    }

    private async ValueTask<ScriptValue> ImportAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        const string Failure = "error importing account";
        var data = new AccountExport();
        try
        {
            ProtoJson.ReadStrict(call.Bytes(0), data);
        }
        catch (ProtoJsonException)
        {
            throw call.Refuse(0, "expects data to be a valid account export format");
        }

        var id = call.IdOrNull(1);
        if (id is { } existing) await transfer.ImportAsync(existing, data, cancellationToken).OrFaultAsync(Failure);
        else id = await transfer.ImportNewAsync(data, cancellationToken).OrFaultAsync(Failure);
        var account = await store.GetAsync(id.Value, cancellationToken).OrFaultAsync(Failure) ?? throw Attempt.Fault(Failure, "account not found");
        return ScriptValue.Of(AccountRecords.Of(account, call.Language));
    }

    private ValueTask<ScriptValue> UsersByIdAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var (ids, facebookIds) = Lists(call, "invalid facebook ids list", "each facebook id must be a string");
        return UsersAsync(ids, [], facebookIds, cancellationToken);
    }

    private ValueTask<ScriptValue> UsersByNameAsync(FunctionCall call, CancellationToken cancellationToken) =>
        UsersAsync([], call.Texts(0, "each username must be a string"), [], cancellationToken);

    private async ValueTask<ScriptValue> RandomAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var users = await store.GetRandomUsersAsync(call.RandomCount(0), cancellationToken).OrFaultAsync("failed to get users");
        return ScriptValue.Of(users.ConvertAll(static user => ScriptValue.Of(AccountRecords.Of(user))));
    }

    private async ValueTask<ScriptValue> UsersAsync(List<Guid> ids, List<string> names, List<string> facebookIds, CancellationToken cancellationToken)
    {
        if (ids.Count + names.Count + facebookIds.Count == 0) return ScriptValue.Of(new List<ScriptValue>());
        var users = await store.GetUsersAsync(ids, names, facebookIds, cancellationToken).OrFaultAsync("failed to get users");
        return ScriptValue.Of(users.Users_.Select(static user => ScriptValue.Of(AccountRecords.Of(user))).ToList());
    }

    private static string Malformed(string id) => $"invalid user id: {id}";

    /// <summary>A list of user ids and a list of another kind of identifier; a list that is given must not be empty.</summary>
    private static (List<Guid> Ids, List<string> Others) Lists(FunctionCall call, LanguageText whenEmpty, LanguageText whenInvalid)
    {
        if (call.Has(0) && call.Table(0).IsEmpty) throw call.Refuse(0, "invalid user ids list");
        if (call.Has(1) && call.Table(1).IsEmpty) throw call.Refuse(1, whenEmpty);
        return (call.Has(0) ? call.Ids(0, BadId, Malformed) : [], call.Has(1) ? call.Texts(1, whenInvalid) : []);
    }
}
