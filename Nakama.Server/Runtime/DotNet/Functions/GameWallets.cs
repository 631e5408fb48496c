using Nakama.GameLogic.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IWallets"/>
internal sealed class GameWallets(GameFunctionCaller caller) : GameFunctionGroup(caller), IWallets
{
    public async Task<WalletResult> UpdateAsync(
        Guid userId, IReadOnlyDictionary<string, long> changeset, string? metadata, bool updateLedger, CancellationToken cancellationToken) =>
        GameResults.Wallet(userId, await CallAsync(
            "wallet_update",
            [
                Id(userId), Changeset(changeset), Json(metadata), Flag(updateLedger),
            ],
            cancellationToken));

    public async Task<IReadOnlyList<WalletResult>> UpdateManyAsync(
        IReadOnlyCollection<WalletChange> changes, bool updateLedger, CancellationToken cancellationToken) =>
        GameResults.WalletResults(await CallAsync("wallets_update", [Rows(changes), Flag(updateLedger)], cancellationToken));

    public async Task<WalletLedgerItem> UpdateLedgerAsync(Guid itemId, string metadata, CancellationToken cancellationToken) =>
        GameResults.Ledger(await CallAsync("wallet_ledger_update", [Id(itemId), Json(metadata)], cancellationToken));

    public async Task<Page<WalletLedgerItem>> ListLedgerAsync(
        Guid userId, int limit, string? cursor, CancellationToken cancellationToken) =>
        GameResults.LedgerPage(await CallAsync("wallet_ledger_list", [Id(userId), Whole(limit), Text(cursor)], cancellationToken));
}
