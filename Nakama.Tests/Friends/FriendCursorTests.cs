using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Friends;

namespace Nakama.Tests.Friends;

/// <summary>The cursors of friends and members.</summary>
public sealed class FriendCursorTests
{
    [Fact]
    public void Edge_cursors_survive_the_round_trip() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte>(), ArbMap.Default.ArbFor<long>(), (state, position) =>
        {
            var cursor = new EdgeCursor(state, position);
            return EdgeCursor.Parse(cursor.ToString()) == cursor && EdgeCursor.Parse(cursor.ToString().TrimEnd('=')) == cursor;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cursors_of_friends_of_friends_survive_the_round_trip() =>
        Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), ArbMap.Default.ArbFor<Guid>(), (friendId, userId) =>
        {
            var cursor = new FriendOfFriendCursor(friendId, userId);
            return FriendOfFriendCursor.Parse(cursor.ToString()) == cursor;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_bytes_come_a_cursor_is_read_or_refused() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            var text = Convert.ToBase64String(bytes);
            _ = EdgeCursor.Parse(text);
            _ = FriendOfFriendCursor.Parse(text);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("bad")]
    [InlineData("%%%")]
    [InlineData("AAAA")]
    public void Other_texts_are_no_cursors(string text)
    {
        Assert.Null(EdgeCursor.Parse(text));
        Assert.Null(FriendOfFriendCursor.Parse(text));
    }

    [Fact]
    public void A_state_that_no_edge_has_makes_no_cursor() =>
        Assert.Null(EdgeCursor.Parse(new EdgeCursor(-1, 7).ToString()));

    [Fact]
    public void Positions_are_given_once_though_the_clock_stands_still()
    {
        var positions = new EdgePositions(new TestHost.TestTimeProvider());
        var given = new long[4][];

        Parallel.For(0, given.Length, i => given[i] = positions.Next(1000));

        Assert.All(given, mine => Assert.Equal(mine.Order(), mine));
        Assert.Equal(4000, given.SelectMany(mine => mine).Distinct().Count());
    }
}
