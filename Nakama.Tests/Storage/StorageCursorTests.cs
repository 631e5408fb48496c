using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Storage;

namespace Nakama.Tests.Storage;

/// <summary>The text with which a client asks for the next page.</summary>
public sealed class StorageCursorTests
{
    [Fact]
    public void Every_place_in_a_list_survives_the_round_trip()
    {
        var keys = ArbMap.Default.ArbFor<NonNull<string>>().Filter(key => key.Get.Length <= 128 && !key.Get.Contains('\0', StringComparison.Ordinal) && IsText(key.Get));
        Prop.ForAll(keys, ArbMap.Default.ArbFor<Guid>(), ArbMap.Default.ArbFor<short>(), (key, owner, read) =>
        {
            var cursor = new StorageCursor(key.Get, owner, read);
            return StorageCursor.TryParse(cursor.ToString(), out var parsed) && parsed == cursor;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_text_makes_the_parser_fail_in_another_way_than_by_saying_no() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            !StorageCursor.TryParse(text.Get, out var cursor) || StorageCursor.TryParse(cursor.ToString(), out _)).QuickCheckThrowOnFailure();

    [Fact]
    public void No_bytes_make_the_parser_fail_in_another_way_than_by_saying_no() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
            !StorageCursor.TryParse(System.Buffers.Text.Base64Url.EncodeToString([1, .. bytes]), out var cursor)
            || StorageCursor.TryParse(cursor.ToString(), out var again) && again == cursor).QuickCheckThrowOnFailure();

    private static bool IsText(string text)
    {
        try
        {
            new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(text);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
