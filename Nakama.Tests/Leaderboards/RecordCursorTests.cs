using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Leaderboards;

namespace Nakama.Tests.Leaderboards;

/// <summary>The texts with which a client asks for the next or the previous page.</summary>
public sealed class RecordCursorTests
{
    [Fact]
    public void Every_place_in_a_list_survives_the_round_trip() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(bool, long, long)>(), ArbMap.Default.ArbFor<(long, Guid, long)>(), (a, b) =>
        {
            var cursor = new RecordCursor(a.Item1, "böard-1", a.Item2, a.Item3, b.Item1, b.Item2, b.Item3);
            return RecordCursor.TryParse(cursor.ToString(), out var parsed) && parsed == cursor;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_bytes_make_the_parser_fail_in_another_way_than_by_saying_no() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<NonNull<string>>(), (bytes, text) =>
        {
            var long64 = System.Buffers.Text.Base64Url.EncodeToString([1, .. bytes, .. new byte[60]]);
            var isRecord = !RecordCursor.TryParse(long64, out var record) || RecordCursor.TryParse(record.ToString(), out _);
            var isDefinition = !DefinitionCursor.TryParse(long64, out var definition) || DefinitionCursor.TryParse(definition.ToString(), out _);
            return isRecord && isDefinition && (!RecordCursor.TryParse(text.Get, out var cursor) || RecordCursor.TryParse(cursor.ToString(), out _));
        }).QuickCheckThrowOnFailure();
}
