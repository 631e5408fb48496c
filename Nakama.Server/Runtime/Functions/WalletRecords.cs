using Nakama.Server.Wallets;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Converts wallets and ledger entries to their form for modules.</summary>
internal static class WalletRecords
{
    public static ScriptValue Of(IReadOnlyList<WalletUpdateResult> results) => ScriptValue.Of(
        results.Select(static result => ScriptValue.Of(ScriptRecord.Showing(result, static (source, _) => Show((WalletUpdateResult)source)))).ToList());

    /// <summary>The amounts in a wallet, under the game's own names.</summary>
    public static ScriptValue Of(IReadOnlyDictionary<string, long> wallet) => ScriptValue.Of(
        ScriptRecord.Showing(wallet, static (source, _) => Show((IReadOnlyDictionary<string, long>)source), hasForeignNames: true));

    public static ScriptValue Of(WalletLedgerItem item, string metadata) => ScriptValue.Of(
        ScriptRecord.Showing(item with { Metadata = metadata }, static (source, _) => Show((WalletLedgerItem)source)));

    private static ScriptRecord Show(WalletUpdateResult result) => new ScriptRecord(3)
        .Add("user_id", ScriptValue.Of(result.UserId))
        .Add("previous", Of(result.Previous))
        .Add("updated", Of(result.Updated));

    private static ScriptRecord Show(IReadOnlyDictionary<string, long> wallet)
    {
        var record = new ScriptRecord(wallet.Count);
        foreach (var (name, amount) in wallet) record.Add(name, amount);
        return record;
    }

    private static ScriptRecord Show(WalletLedgerItem item) => new ScriptRecord(6)
        .Add("id", ScriptValue.Of(item.Id))
        .Add("user_id", ScriptValue.Of(item.UserId))
        .Add("create_time", Seconds(item.CreateTime))
        .Add("update_time", Seconds(item.UpdateTime))
        .AddJson("changeset", item.Changeset)
        .AddJson("metadata", item.Metadata);

    private static double Seconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeSeconds();
}
