namespace Nakama.Server.Wallets;

/// <summary>A page of a ledger and the cursors of its neighbours, empty where there are none.</summary>
public sealed record WalletLedgerPage(IReadOnlyList<WalletLedgerItem> Items, string NextCursor, string PreviousCursor);
