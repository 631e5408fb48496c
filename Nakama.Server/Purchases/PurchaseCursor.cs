using Nakama.Server.Database;
using Nakama.Server.Security;
using Nakama.Server.Wire.Gob;

namespace Nakama.Server.Purchases;

/// <summary>A position in a list of purchases or subscriptions, the reading direction, and the list's filter.</summary>
public sealed record PurchaseCursor(string TransactionId, DateTime PurchaseTime, Guid UserId, bool IsNext, DateTime? After, DateTime? Before)
{
    /// <summary>Null when the text is not a valid cursor.</summary>
    public static PurchaseCursor? Parse(string text)
    {
        try
        {
            var record = GobCursor.Read(text);
            var id = record.Text("TransactionId");
            if (id.Length == 0 || !UuidText.TryParse(record.Text("UserId"), out var userId)) return null;
            return new(
                id, DatabaseTime.FromMicroseconds(record.Number("PurchaseTime")), userId, record.Bool("IsNext"),
                DatabaseTime.FromSetMicroseconds(record.Number("After")), DatabaseTime.FromSetMicroseconds(record.Number("Before")));
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>A position in the list that a query selects.</summary>
    public static PurchaseCursor At(PurchaseQuery query, string transactionId, DateTime purchaseTime, Guid userId, bool isNext) =>
        new(transactionId, purchaseTime, userId, isNext, Whole(query.After), Whole(query.Before));

    /// <summary>Whether the position belongs to the list that a query selects.</summary>
    public bool BelongsTo(PurchaseQuery query) =>
        (query.UserId is null || query.UserId == UserId) && After == Whole(query.After) && Before == Whole(query.Before);

    public override string ToString() => GobCursor.Write(
        new GobWriter("purchasesListCursor")
            .Text("TransactionId", TransactionId)
            .Number("PurchaseTime", DatabaseTime.ToMicroseconds(PurchaseTime))
            .Text("UserId", UserId.ToString())
            .Bool("IsNext", IsNext)
            .Number("After", DatabaseTime.ToMicroseconds(After))
            .Number("Before", DatabaseTime.ToMicroseconds(Before)),
        isPadded: true);

    private static DateTime? Whole(DateTime? time) => DatabaseTime.FromSetMicroseconds(DatabaseTime.ToMicroseconds(time));
}
