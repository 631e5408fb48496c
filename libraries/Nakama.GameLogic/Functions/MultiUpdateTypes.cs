using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>A change of a profile.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Change">What changes; empty texts clear a value.</param>
public sealed record AccountUpdate(Guid UserId, AccountChange Change);

/// <summary>Changes of several kinds, made in this order.</summary>
public sealed record MultiUpdate
{
    /// <summary>Changes of profiles.</summary>
    public IReadOnlyCollection<AccountUpdate> Accounts { get; init; } = [];

    /// <summary>Objects to be written.</summary>
    public IReadOnlyCollection<StorageWrite> StorageWrites { get; init; } = [];

    /// <summary>Objects to be deleted.</summary>
    public IReadOnlyCollection<StorageDelete> StorageDeletes { get; init; } = [];

    /// <summary>Changes of wallets.</summary>
    public IReadOnlyCollection<WalletChange> Wallets { get; init; } = [];

    /// <summary>Whether changes of wallets are written to the ledger.</summary>
    public bool UpdatesLedger { get; init; }
}

/// <summary>What <see cref="INakama.MultiUpdateAsync"/> returns.</summary>
/// <param name="StorageAcks">The new versions of the objects.</param>
/// <param name="Wallets">The changed wallets.</param>
public sealed record MultiUpdateResult(IReadOnlyList<StorageObjectAck> StorageAcks, IReadOnlyList<WalletResult> Wallets);
