namespace Nakama.Server.Wallets;

/// <summary>Which page of a ledger, newest first.</summary>
public sealed record WalletLedgerQuery(Guid UserId, int Limit)
{
    /// <summary>The cursor of another page of the same list, or empty.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>Only what was entered at this time or later.</summary>
    public DateTime? After { get; init; }

    /// <summary>Only what was entered at this time or earlier.</summary>
    public DateTime? Before { get; init; }
}
