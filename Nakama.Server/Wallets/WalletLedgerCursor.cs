using Nakama.Server.Database;
using Nakama.Server.Security;
using Nakama.Server.Wire.Gob;

namespace Nakama.Server.Wallets;

/// <summary>A position in a ledger, the direction in which to read from it, and the list it belongs to.</summary>
public sealed record WalletLedgerCursor(Guid UserId, DateTime CreateTime, Guid Id, bool IsNext, DateTime? After, DateTime? Before)
{
    /// <summary>The position before the newest entry.</summary>
    public static WalletLedgerCursor Start(WalletLedgerQuery query) =>
        new(query.UserId, DatabaseTime.Latest, Guid.AllBitsSet, IsNext: true, Whole(query.After), Whole(query.Before));

    /// <summary>Null when the text is not a valid cursor.</summary>
    public static WalletLedgerCursor? Parse(string text)
    {
        try
        {
            var record = GobCursor.Read(text);
            if (!UuidText.TryParse(record.Text("UserId"), out var userId) || !UuidText.TryParse(record.Text("Id"), out var id)) return null;
            return new(
                userId, DatabaseTime.FromMicroseconds(record.Number("CreateTime")), id, record.Bool("IsNext"),
                DatabaseTime.FromSetMicroseconds(record.Number("After")), DatabaseTime.FromSetMicroseconds(record.Number("Before")));
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Whether the position belongs to this list.</summary>
    public bool BelongsTo(WalletLedgerQuery query) =>
        UserId == query.UserId && After == Whole(query.After) && Before == Whole(query.Before);

    /// <summary>Another position in the same list.</summary>
    public WalletLedgerCursor At(WalletLedgerItem item, bool isNext) => this with { CreateTime = item.CreateTime, Id = item.Id, IsNext = isNext };

    public override string ToString() => GobCursor.Write(
        new GobWriter("walletLedgerListCursor")
            .Text("UserId", UserId.ToString())
            .Number("CreateTime", DatabaseTime.ToMicroseconds(CreateTime))
            .Text("Id", Id.ToString())
            .Bool("IsNext", IsNext)
            .Number("After", DatabaseTime.ToMicroseconds(After))
            .Number("Before", DatabaseTime.ToMicroseconds(Before)),
        isPadded: true);

    private static DateTime? Whole(DateTime? time) => DatabaseTime.FromSetMicroseconds(DatabaseTime.ToMicroseconds(time));
}
