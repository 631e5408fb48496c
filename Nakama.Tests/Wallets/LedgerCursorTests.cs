using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Wallets;

namespace Nakama.Tests.Wallets;

/// <summary>The text with which a ledger's next page is asked for.</summary>
public sealed class LedgerCursorTests
{
    [Fact]
    public void Every_place_survives_the_round_trip() =>
        Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<bool>(), (id, seconds, flag) =>
        {
            var time = DateTime.UnixEpoch.AddSeconds(Math.Abs((long)seconds) + 1).AddMicroseconds(7);
            var cursor = new WalletLedgerCursor(id, time, id, flag, flag ? time : null, flag ? null : time.AddDays(1));
            return WalletLedgerCursor.Parse(cursor.ToString()) == cursor;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_the_parser_fail_in_another_way_than_by_saying_no() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            WalletLedgerCursor.Parse(text.Get) is not { } cursor || WalletLedgerCursor.Parse(cursor.ToString()) == cursor).QuickCheckThrowOnFailure();

    [Fact]
    public void No_spoilt_cursor_makes_the_parser_fail_in_another_way_than_by_saying_no()
    {
        var whole = new WalletLedgerCursor(Guid.NewGuid(), DateTime.UnixEpoch.AddDays(1), Guid.NewGuid(), true, null, null).ToString();
        Prop.ForAll(ArbMap.Default.ArbFor<NonNegativeInt>(), ArbMap.Default.ArbFor<char>(), (place, letter) =>
        {
            var spoilt = whole.ToCharArray();
            spoilt[place.Get % spoilt.Length] = letter;
            var cursor = WalletLedgerCursor.Parse(new string(spoilt));
            return cursor is null || WalletLedgerCursor.Parse(cursor.ToString()) == cursor;
        }).QuickCheckThrowOnFailure();
    }
}
