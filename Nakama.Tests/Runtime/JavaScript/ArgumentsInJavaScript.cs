namespace Nakama.Tests.Runtime.JavaScript;

/// <summary>Which arguments the functions of the server take from JavaScript, and which they refuse.</summary>
public sealed class ArgumentsInJavaScript(JavaScriptNode node) : IClassFixture<JavaScriptNode>
{
    private const string Someone = "00000000-0000-4000-8000-0000000000aa";

    [Theory]
    [InlineData("nk.base64Encode('a', null)", "TypeError: expects boolean")]
    [InlineData("nk.sqlQuery('SELECT 1', null)", "TypeError: expects array of query params")]
    [InlineData("nk.authenticateCustom('custom-id', null)", "TypeError: expects string")]
    [InlineData("nk.leaderboardCreate('board', null)", "TypeError: expects boolean")]
    [InlineData("nk.matchCreate('quiet', null)", "TypeError: expects params to be an object")]
    [InlineData("nk.streamCount({ mode: null })", "TypeError: stream mode must be a number")]
    [InlineData("nk.localcachePut('key', null)", "TypeError: expects a non empty value")]
    public async Task Null_is_refused_where_only_undefined_stands_for_the_default(string code, string expected) =>
        Assert.Equal(expected, await node.FailAsync($"return {code};"));

    [Theory]
    [InlineData("nk.base64Encode('a', undefined)", "YQ==")]
    [InlineData("nk.sqlQuery('SELECT 1 AS one', undefined).length", "1")]
    [InlineData("nk.event('', {})", "undefined")]
    [InlineData("nk.streamCount({})", "0")]
    [InlineData("[String(nk.localcacheGet('no-such-key', undefined)), String(nk.localcacheGet('no-such-key', null))].join()", "undefined,null")]
    [InlineData("nk.streamCount({ mode: 256 + 77 })", "0")]
    public async Task Undefined_and_what_modules_have_always_passed_are_taken(string code, string expected) =>
        Assert.Equal(expected, await node.RunAsync($"return {code};"));

    [Fact]
    public async Task A_value_that_cannot_be_cached_is_refused_without_running_its_code() => Assert.Equal(
        "TypeError: unsupported value type: must be string, numeric or boolean",
        await node.FailAsync("nk.localcachePut('key', Object.defineProperty(function () {}, 'toString', { value: function () { throw new Error('called'); } }));"));

    [Theory]
    [InlineData("nk.metricsCounterAdd('c', null, 1)", "TypeError: expects object with string keys and values")]
    [InlineData("nk.metricsCounterAdd('c', { a: 1 }, 1)", "TypeError: expects string")]
    [InlineData("nk.friendsAdd('" + Someone + "', 'n', ['00000000-0000-4000-8000-0000000000ab'], null)", "TypeError: invalid metadata: must be an object")]
    public async Task Objects_that_only_Lua_may_leave_out_are_required(string code, string expected) =>
        Assert.Equal(expected, await node.FailAsync($"return {code};"));

    [Theory]
    [InlineData("nk.storageWrite({ collection: 'c', key: 'k', value: {} })", "TypeError: expects an array of storage write objects")]
    [InlineData("nk.storageWrite(['x'])", "TypeError: expects an array of storage write objects")]
    [InlineData("nk.usersGetId('x')", "TypeError: expects an array of strings")]
    [InlineData("nk.multiUpdate('x')", "TypeError: expects an array of account updates")]
    [InlineData("nk.walletUpdate('" + Someone + "', [1])", "TypeError: expects a changeset object")]
    public async Task Lists_must_be_arrays_and_objects_must_not(string code, string expected) =>
        Assert.Equal(expected, await node.FailAsync($"return {code};"));

    [Theory]
    [InlineData("null")]
    [InlineData("'1'")]
    public async Task A_permission_that_is_written_must_be_a_number(string value) => Assert.Equal(
        "TypeError: expects 'permissionRead' value to be a number",
        await node.FailAsync($"return nk.storageWrite([{{ collection: 'c', key: 'k', value: {{}}, permissionRead: {value} }}]);"));

    [Fact]
    public async Task A_whole_number_that_may_have_lost_digits_is_none()
    {
        Assert.Equal("TypeError: expects number", await node.FailAsync($"return nk.leaderboardRecordWrite('b', '{Someone}', 'n', 9007199254740993);"));
        Assert.Equal("TypeError: expects number", await node.FailAsync($"return nk.leaderboardRecordWrite('b', '{Someone}', 'n', -0);"));
        Assert.StartsWith("GoError: ", await node.FailAsync($"return nk.leaderboardRecordWrite('none', '{Someone}', 'n', 9007199254740991);"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new Date(5)")]
    [InlineData("new Map([['a', 1]])")]
    [InlineData("() => 1")]
    [InlineData("[new Date(5)]")]
    public async Task What_is_no_plain_data_is_no_parameter_of_a_match(string value) => Assert.Equal(
        "GoError: error creating match: error creating match: cannot encode params",
        await node.FailAsync($"return nk.matchCreate('quiet', {{ at: {value} }});"));

    [Theory]
    [InlineData("nk.walletUpdate('" + Someone + "', { coins: 1 })", "TypeError: user not found")]
    [InlineData("nk.notificationSend('" + Someone + "', 's', {}, 0)", "GoError: expects code number to be a positive integer")]
    [InlineData("nk.storageWriteRetry([{ collection: 'c', key: 'k' }], () => undefined, 1)", "TypeError: expects a valid array of data")]
    [InlineData("nk.tournamentList(0, 1, 100)", "TypeError: end time must be >= start time")]
    [InlineData("nk.streamSendRaw({ mode: 90 }, { nothing: 1 })", "GoError: not a valid envelope")]
    public async Task Errors_are_of_the_kind_that_modules_catch(string code, string expected) =>
        Assert.StartsWith(expected, await node.FailAsync($"return {code};"), StringComparison.Ordinal);

    [Fact]
    public async Task An_update_function_that_throws_shows_where() => Assert.Matches(
        @"^GoError: failed to update storage objects: \[object Object\] at .*\d+:\d+",
        await node.FailAsync("return nk.storageWriteRetry([{ collection: 'c', key: 'k' }], () => { throw { message: 'm' }; }, 1);"));
}
