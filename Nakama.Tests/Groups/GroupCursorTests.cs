using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Groups;

namespace Nakama.Tests.Groups;

/// <summary>The cursor of lists of groups.</summary>
public sealed class GroupCursorTests
{
    [Fact]
    public void Group_cursors_survive_the_round_trip_and_fit_into_a_query() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(Guid, int, bool)>(),
            ArbMap.Default.ArbFor<(NonNull<string>, NonNull<string>, int)>(),
            (numbers, texts) =>
            {
                var (language, name) = (Plain(texts.Item1.Get), Plain(texts.Item2.Get));
                var cursor = new GroupCursor(
                    language, numbers.Item2, numbers.Item1, numbers.Item3, name, DateTime.UnixEpoch.AddSeconds(texts.Item3).AddTicks(10));
                var text = cursor.ToString();
                return GroupCursor.Parse(text) == cursor && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_longest_names_still_make_a_cursor()
    {
        var cursor = new GroupCursor(string.Concat(Enumerable.Repeat("🙂", 18)), int.MaxValue, Guid.NewGuid(), true, string.Concat(Enumerable.Repeat("🙂", 255)), DateTime.UnixEpoch);

        Assert.Equal(cursor, GroupCursor.Parse(cursor.ToString()));
    }

    [Fact]
    public void Whatever_bytes_come_a_cursor_is_read_or_refused() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => { _ = GroupCursor.Parse(Convert.ToBase64String(bytes)); }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("bad")]
    [InlineData("AAAA")]
    [InlineData("%%%")]
    public void Other_texts_are_no_cursors(string text) => Assert.Null(GroupCursor.Parse(text));

    // Half of a surrogate pair is no text that a database could hold.
    private static string Plain(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);
}
