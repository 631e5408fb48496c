namespace Nakama.GameLogic.Functions;

/// <summary>A change of a wallet.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Changeset">The amounts to add by their names.</param>
/// <param name="Metadata">A JSON object for the ledger; null for none.</param>
public sealed record WalletChange(Guid UserId, IReadOnlyDictionary<string, long> Changeset, string? Metadata = null);

/// <summary>A wallet before and after a change.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Updated">The amounts after the change.</param>
/// <param name="Previous">The amounts before the change.</param>
public sealed record WalletResult(Guid UserId, IReadOnlyDictionary<string, long> Updated, IReadOnlyDictionary<string, long> Previous);

/// <summary>An entry of a ledger.</summary>
/// <param name="Id">The entry.</param>
/// <param name="UserId">The user.</param>
/// <param name="Changeset">The added amounts as a JSON object.</param>
/// <param name="Metadata">A JSON object.</param>
/// <param name="CreatedAt">When the wallet was changed.</param>
/// <param name="UpdatedAt">When the entry was changed.</param>
public sealed record WalletLedgerItem(Guid Id, Guid UserId, string Changeset, string Metadata, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
