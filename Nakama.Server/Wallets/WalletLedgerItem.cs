namespace Nakama.Server.Wallets;

/// <summary>One entry of a wallet's ledger; changeset and metadata are JSON objects as the database writes them.</summary>
public sealed record WalletLedgerItem(
    Guid Id, Guid UserId, string Changeset, string Metadata, DateTime CreateTime, DateTime UpdateTime);
