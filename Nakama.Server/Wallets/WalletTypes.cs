using Nakama.Protocol.Api;
using Nakama.Server.Accounts;
using Nakama.Server.Storage;

namespace Nakama.Server.Wallets;

/// <summary>Changes of accounts, objects and wallets that are applied together.</summary>
public sealed record MultiUpdateRequest
{
    public IReadOnlyList<AccountUpdate> Accounts { get; init; } = [];

    public IReadOnlyList<StorageWrite> StorageWrites { get; init; } = [];

    public IReadOnlyList<StorageDelete> StorageDeletes { get; init; } = [];

    public IReadOnlyList<WalletUpdate> Wallets { get; init; } = [];

    /// <summary>Whether wallet changes are recorded in the ledger.</summary>
    public bool UpdatesLedger { get; init; }

    internal bool IsEmpty => Accounts.Count == 0 && StorageWrites.Count == 0 && StorageDeletes.Count == 0 && Wallets.Count == 0;
}

/// <summary>The results of a <see cref="MultiUpdateRequest"/>, in its order.</summary>
public sealed record MultiUpdateResult(IReadOnlyList<StorageObjectAck> Acks, IReadOnlyList<WalletUpdateResult> Wallets);

/// <summary>One entry of a wallet's ledger; changeset and metadata are JSON objects as the database writes them.</summary>
public sealed record WalletLedgerItem(
    Guid Id, Guid UserId, string Changeset, string Metadata, DateTime CreateTime, DateTime UpdateTime);

/// <summary>A page of a ledger and the cursors of the adjacent pages, empty where there are none.</summary>
public sealed record WalletLedgerPage(IReadOnlyList<WalletLedgerItem> Items, string NextCursor, string PreviousCursor);

/// <summary>Selects a page of a ledger, newest first.</summary>
public sealed record WalletLedgerQuery(Guid UserId, int Limit)
{
    /// <summary>The cursor of another page of the same list, or empty.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>Only entries made at this time or later.</summary>
    public DateTime? After { get; init; }

    /// <summary>Only entries made at this time or earlier.</summary>
    public DateTime? Before { get; init; }
}

/// <summary>A change of one wallet.</summary>
/// <param name="UserId">The owner of the wallet.</param>
/// <param name="Changeset">The amounts to add, by name; negative amounts subtract.</param>
/// <param name="Metadata">A JSON object that is stored in the ledger with the change.</param>
public sealed record WalletUpdate(Guid UserId, IReadOnlyDictionary<string, long> Changeset, string Metadata = WalletUpdate.NoMetadata)
{
    public const string NoMetadata = "{}";
}

/// <summary>What a wallet held before and after one update.</summary>
public sealed record WalletUpdateResult(Guid UserId, IReadOnlyDictionary<string, long> Previous, IReadOnlyDictionary<string, long> Updated);
