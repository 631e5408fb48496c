using Nakama.Server.Accounts;
using Nakama.Server.Wallets;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Changes of several kinds in one transaction.</summary>
internal sealed class MultiUpdateFunctions(MultiUpdate updates) : IFunctionModule
{
    public string Name => "Changes of several kinds";

    public void Describe(FunctionGroup functions) =>
        functions.Function(
                "multi_update",
                "Makes all changes or none: accounts `{user_id, username?, display_name?, timezone?, location?, lang_tag?, avatar_url?, metadata?}`, "
                + "then objects as `storage_write` and `storage_delete` take them, then wallets as `wallets_update` does.")
            .OptionalTable("account_updates").Array("expects an array of account updates").OptionalTable("storage_writes").OptionalTable("storage_deletes").OptionalTable("wallet_updates")
            .OptionalFlag("update_ledger", false)
            .Returns("storage_write_acks", "wallet_update_acks").Does(ApplyAsync);

    private async ValueTask<ScriptValue> ApplyAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var request = new MultiUpdateRequest
        {
            Accounts = call.Has(0) ? call.Rows(0, "expects a valid set of account updates").ConvertAll(ReadAccount) : [],
            StorageWrites = call.Has(1) ? StorageFunctions.WritesOf(call, 1) : [],
            StorageDeletes = call.Has(2) ? StorageFunctions.DeletesOf(call, 2) : [],
            Wallets = call.Has(3) ? WalletArguments.Updates(call, 3) : [],
            UpdatesLedger = call.Flag(4),
        };
        var result = await updates.ApplyAsync(request, cancellationToken).OrFaultAsync("error running multi update");
        return ScriptValue.Results(
            request.StorageWrites.Count == 0 && call.Language == ScriptLanguage.Lua ? default : ScriptValue.Of(result.Acks.Select(StorageFunctions.Of).ToList()),
            request.Wallets.Count == 0 && call.Language == ScriptLanguage.Lua ? default : WalletRecords.Of(result.Wallets));
    }

    private static AccountUpdate ReadAccount(TableFields row) => new(row.Id("user_id"), new AccountChange
    {
        Username = row.AnyTextOrNull("username"),
        DisplayName = row.AnyTextOrNull("display_name"),
        Timezone = row.AnyTextOrNull("timezone"),
        Location = row.AnyTextOrNull("location"),
        LangTag = row.AnyTextOrNull("lang_tag"),
        AvatarUrl = row.AnyTextOrNull("avatar_url"),
        Metadata = row.JsonOrNull("metadata"),
    });
}
