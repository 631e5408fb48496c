using Nakama.Server.Accounts;
using Nakama.Server.Storage;

namespace Nakama.Server.Wallets;

/// <summary>Changes of accounts, objects and wallets that belong together.</summary>
public sealed record MultiUpdateRequest
{
    public IReadOnlyList<AccountUpdate> Accounts { get; init; } = [];

    public IReadOnlyList<StorageWrite> StorageWrites { get; init; } = [];

    public IReadOnlyList<StorageDelete> StorageDeletes { get; init; } = [];

    public IReadOnlyList<WalletUpdate> Wallets { get; init; } = [];

    /// <summary>Whether the changes of wallets go to the ledger.</summary>
    public bool UpdatesLedger { get; init; }

    internal bool IsEmpty => Accounts.Count == 0 && StorageWrites.Count == 0 && StorageDeletes.Count == 0 && Wallets.Count == 0;
}
