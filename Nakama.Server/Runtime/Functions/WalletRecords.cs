using Nakama.Server.Wallets;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Wallets and entries of ledgers as modules see them.</summary>
internal static class WalletRecords
{
    public static HostValue Of(IReadOnlyList<WalletUpdateResult> results) => HostValue.Of(results.Select(static result => HostValue.Of(
        new HostRecord(3)
            .Add("user_id", HostValue.Of(result.UserId))
            .Add("previous", Of(result.Previous))
            .Add("updated", Of(result.Updated)))).ToList());

    /// <summary>What a wallet holds, by the names of the game.</summary>
    public static HostValue Of(IReadOnlyDictionary<string, long> wallet)
    {
        var record = new HostRecord(wallet.Count) { HasForeignNames = true };
        foreach (var (name, amount) in wallet) record.Add(name, amount);
        return HostValue.Of(record);
    }

    public static HostValue Of(WalletLedgerItem item, string metadata) => HostValue.Of(
        new HostRecord(6)
            .Add("id", HostValue.Of(item.Id))
            .Add("user_id", HostValue.Of(item.UserId))
            .Add("create_time", Seconds(item.CreateTime))
            .Add("update_time", Seconds(item.UpdateTime))
            .AddJson("changeset", item.Changeset)
            .AddJson("metadata", metadata));

    private static double Seconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeSeconds();
}
