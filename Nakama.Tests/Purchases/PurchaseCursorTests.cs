using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Purchases;

namespace Nakama.Tests.Purchases;

/// <summary>The text with which the next page of purchases is asked for.</summary>
public sealed class PurchaseCursorTests
{
    [Fact]
    public void Every_place_survives_the_round_trip() =>
        Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<bool>(), (id, seconds, flag) =>
        {
            var time = DateTime.UnixEpoch.AddSeconds(Math.Abs((long)seconds) + 1).AddMicroseconds(7);
            var cursor = new PurchaseCursor(id + "é😀", time, id, flag, flag ? time : null, flag ? null : time.AddDays(1));
            return PurchaseCursor.Parse(cursor.ToString()) == cursor;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_longest_id_a_store_may_give_fits() =>
        Assert.NotNull(PurchaseCursor.Parse(new PurchaseCursor(new string('x', 512), DateTime.UnixEpoch, Guid.NewGuid(), true, null, null).ToString()));

    [Fact]
    public void No_text_makes_the_parser_fail_in_another_way_than_by_saying_no() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            PurchaseCursor.Parse(text.Get) is not { } cursor || PurchaseCursor.Parse(cursor.ToString()) == cursor).QuickCheckThrowOnFailure();

    [Fact]
    public void No_spoilt_cursor_makes_the_parser_fail_in_another_way_than_by_saying_no()
    {
        var whole = new PurchaseCursor("transaction", DateTime.UnixEpoch.AddDays(1), Guid.NewGuid(), true, null, null).ToString();
        Prop.ForAll(ArbMap.Default.ArbFor<NonNegativeInt>(), ArbMap.Default.ArbFor<char>(), (place, letter) =>
        {
            var spoilt = whole.ToCharArray();
            spoilt[place.Get % spoilt.Length] = letter;
            var cursor = PurchaseCursor.Parse(new string(spoilt));
            return cursor is null || PurchaseCursor.Parse(cursor.ToString()) == cursor;
        }).QuickCheckThrowOnFailure();
    }
}
