namespace Nakama.GameLogic.Functions;

/// <summary>Wallets and their ledgers.</summary>
public interface IWallets
{
    /// <summary>Adds amounts to a wallet; no amount becomes negative.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="changeset">The amounts to add by their names.</param>
    /// <param name="metadata">A JSON object; null for none.</param>
    /// <param name="updateLedger">Whether the change is written to the ledger.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The wallet before and after the change.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("wallet_update")]
    Task<WalletResult> UpdateAsync(
        Guid userId, IReadOnlyDictionary<string, long> changeset, string? metadata = null, bool updateLedger = false,
        CancellationToken cancellationToken = default);

    /// <summary>Makes all changes or none. Unknown users are left out.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="updateLedger">Whether the change is written to the ledger.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The wallets before and after the changes.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("wallets_update")]
    Task<IReadOnlyList<WalletResult>> UpdateManyAsync(
        IReadOnlyCollection<WalletChange> changes, bool updateLedger = false, CancellationToken cancellationToken = default);

    /// <summary>Adds to the metadata of a ledger entry.</summary>
    /// <param name="itemId">The entry.</param>
    /// <param name="metadata">A JSON object.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The entry; its metadata is what was added.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("wallet_ledger_update")]
    Task<WalletLedgerItem> UpdateLedgerAsync(Guid itemId, string metadata, CancellationToken cancellationToken = default);

    /// <summary>A page of the ledger of a user, newest first.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("wallet_ledger_list")]
    Task<Page<WalletLedgerItem>> ListLedgerAsync(
        Guid userId, int limit = 100, string? cursor = null, CancellationToken cancellationToken = default);
}
