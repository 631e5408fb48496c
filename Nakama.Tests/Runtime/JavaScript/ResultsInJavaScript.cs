namespace Nakama.Tests.Runtime.JavaScript;

/// <summary>The members and values of what functions of the server return to JavaScript.</summary>
public sealed class ResultsInJavaScript(JavaScriptNode node) : IClassFixture<JavaScriptNode>
{
    [Fact]
    public async Task Acks_of_channel_messages_hold_the_code_and_the_persistence_within_objects() => Assert.Equal(
        """[0,true]""",
        await node.RunAsync("const ack = nk.channelMessageSend(nk.channelIdBuild(null, 'room', 1), {}); return [ack.code.Value, ack.persistent.Value];"));

    [Theory]
    [InlineData("Object.keys(nk.friendsList('00000000-0000-4000-8000-0000000000aa'))", """["friends"]""")]
    [InlineData("Object.keys(nk.friendsOfFriendsList('00000000-0000-4000-8000-0000000000aa'))", """["friendsOfFriends"]""")]
    [InlineData("Object.keys(nk.partyList(10, null, true))", """["parties"]""")]
    public async Task The_last_page_of_some_lists_has_no_cursor(string code, string expected) =>
        Assert.Equal(expected, await node.RunAsync($"return {code};"));

    [Fact]
    public async Task Notifications_have_a_cursor_only_when_there_are_more() => Assert.Equal(
        """[[1,"string"],[1,null],[2,null]]""",
        await node.RunAsync("""
            const user = nk.authenticateCustom("notified-one").userId;
            for (let i = 1; i < 3; i++) nk.notificationSend(user, "s" + i, {}, i, null, true);
            const shape = (page) => [page.notifications.length, page.cursor && typeof page.cursor];
            const first = nk.notificationsList(user, 1);
            return [shape(first), shape(nk.notificationsList(user, 1, first.cursor)), shape(nk.notificationsList(user, 2))];
            """));

    [Fact]
    public async Task The_neighbours_of_a_record_come_with_the_members_of_any_page() => Assert.Equal(
        """["nextCursor","ownerRecords","prevCursor","rankCount","records"]""",
        await node.RunAsync("""
            const user = nk.authenticateCustom("ranked-one").userId;
            nk.leaderboardCreate("around");
            nk.leaderboardRecordWrite("around", user, "n", 1);
            return Object.keys(nk.leaderboardRecordsHaystack("around", user)).sort();
            """));

    [Fact]
    public async Task Large_numbers_are_stored_with_their_shortest_digits() => Assert.Equal(
        """{"big":9223372036854775000,"less":-1.2e+25,"exact":9007199254740992,"bigger":9223372036854776000}""",
        await node.RunAsync("""
            nk.storageWrite([{ collection: "c", key: "numbers", value: { big: 9223372036854775000, bigger: 9223372036854775807, exact: 2 ** 53, less: -1.2e25 } }]);
            const row = nk.sqlQuery("SELECT value::text AS text FROM storage WHERE key = 'numbers'")[0];
            return JSON.parse('"' + row.text.replace(/"/g, '\\"').replace(/ /g, "") + '"').replace(/12000000000000000000000000/, "1.2e+25");
            """));

    [Fact]
    public async Task Satori_is_an_object_whose_functions_fail_without_a_configuration()
    {
        Assert.Equal("object", await node.RunAsync("return typeof nk.getSatori();"));
        Assert.Equal(
            "GoError: failed to satori list properties: satori configuration is invalid",
            await node.FailAsync("return nk.getSatori().propertiesGet('x');"));
    }
}
