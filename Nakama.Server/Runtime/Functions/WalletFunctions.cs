using Nakama.Server.Errors;
using Nakama.Server.Wallets;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Wallets and their ledgers.</summary>
internal sealed class WalletFunctions(WalletStore store) : IFunctionModule
{
    private const int MaxPage = 100;
    private const string BadUser = "expects a valid user id";
    private const string UpdateFailed = "failed to update user wallet";

    public string Name => "Wallets";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("wallet_update", "Adds whole numbers to a wallet by name, `{coins = -5}`; none becomes negative.")
            .Id("user_id", BadUser).Table("changeset", "expects a changeset object").OptionalTable("metadata").OptionalFlag("update_ledger", false).NotNull()
            .Returns("updated", "previous", "user_id").Does(UpdateAsync);
        functions.Function("wallets_update", "Changes all wallets or none: `{user_id, changeset, metadata?}`. Unknown users are left out.")
            .Table("updates").OptionalFlag("update_ledger", false).NotNull().Returns("results").Does(UpdateManyAsync);
        functions.Function("wallet_ledger_update", "Adds to the metadata of an entry; the result shows the added metadata alone.")
            .Id("item_id", "expects a valid id").Table("metadata").Returns("item").Does(UpdateLedgerAsync);
        functions.Function("wallet_ledger_list", "A page of a user's ledger, newest first.")
            .Id("user_id", BadUser).OptionalWhole("limit", MaxPage).NotNull().OptionalText("cursor", "").NotNull()
            .Returns("items", "cursor").Does(ListLedgerAsync);
    }

    private async ValueTask<ScriptValue> UpdateAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var changeset = WalletArguments.Changeset(call, 1, call.Table(1));
        var update = new WalletUpdate(call.Id(0), changeset, call.MetadataOrNull(2) ?? WalletUpdate.NoMetadata);
        try
        {
            var result = await store.UpdateAsync(update, call.Flag(3), cancellationToken);
            // Lua has no third result.
            return call.Language == ScriptLanguage.Lua
                ? ScriptValue.Results(WalletRecords.Of(result.Updated), WalletRecords.Of(result.Previous))
                : ScriptValue.Results(WalletRecords.Of(result.Updated), WalletRecords.Of(result.Previous), ScriptValue.Of(result.UserId));
        }
        catch (ApiException e) when (e.Status == StatusCode.NotFound)
        {
            throw call.Language == ScriptLanguage.JavaScript ? call.Refuse(0, e.Message) : new FunctionException(e.Message);
        }
        catch (Exception e) when (Attempt.IsReportable(e))
        {
            throw Attempt.Fault(UpdateFailed, e);
        }
    }

    private async ValueTask<ScriptValue> UpdateManyAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var updates = WalletArguments.Updates(call, 0);
        if (updates.Count == 0) return call.Language == ScriptLanguage.Lua ? ScriptValue.Results() : ScriptValue.Of(new List<ScriptValue>());
        var results = await store.UpdateAsync(updates, call.Flag(1), cancellationToken).OrFaultAsync(UpdateFailed);
        return WalletRecords.Of(results);
    }

    private async ValueTask<ScriptValue> UpdateLedgerAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var metadata = call.MetadataOrNull(1) ?? WalletUpdate.NoMetadata;
        var item = await store.UpdateLedgerAsync(call.Id(0), metadata, cancellationToken).OrFaultAsync("failed to update user wallet ledger");
        return WalletRecords.Of(item, metadata);
    }

    private async ValueTask<ScriptValue> ListLedgerAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var limit = call.Whole(1);
        // For compatibility, the error refers to the first argument.
        if (limit is < 0 or > MaxPage) throw call.Refuse(0, "expects limit to be 0-100");
        var query = new WalletLedgerQuery(call.Id(0), (int)limit) { Cursor = call.Text(2) };
        var page = await store.ListLedgerAsync(query, cancellationToken).OrFaultAsync("failed to retrieve user wallet ledger");
        var items = page.Items.Select(static item => WalletRecords.Of(item, item.Metadata)).ToList();
        // The empty cursor is an empty string in Lua and null in JavaScript.
        var cursor = page.NextCursor.Length == 0 && call.Language != ScriptLanguage.Lua ? null : page.NextCursor;
        return ScriptValue.Results(ScriptValue.Of(items), ScriptValue.Of(cursor));
    }
}
