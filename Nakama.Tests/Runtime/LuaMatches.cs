using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Matches;
using Nakama.Server.Matchmaking;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>Match handlers that are Lua modules.</summary>
public sealed class LuaMatches(LuaMatchNode node) : IClassFixture<LuaMatchNode>
{
    [Fact]
    public async Task Every_match_has_its_own_globals_and_modules()
    {
        var (first, second) = (await node.BeginAsync(), await node.BeginAsync());

        await node.RunAsync(first, "counter = 1; nk.mine = 'first'; string.mine = 'first'; require('scripted').mine = 'first'");

        Assert.Equal("[1,\"first\",\"first\",\"first\"]", await node.RunAsync(first, "return counter, nk.mine, string.mine, require('scripted').mine"));
        Assert.Equal("{}", await node.RunAsync(second, "return counter, nk.mine, string.mine, require('scripted').mine"));
        Assert.Equal("{}", await node.CallAsync("return counter or nk.mine or string.mine or require('scripted').mine"));
    }

    [Fact]
    public async Task A_global_that_a_module_defines_is_writable_in_a_match()
    {
        var match = await node.BeginAsync("globals");

        await SocketNode.UntilAsync(() => node.RunAsync(match, "return rounds or 0").GetAwaiter().GetResult() is var rounds && rounds.CompareTo("[3]") >= 0);

        Assert.Equal("[3]", await node.RunAsync(match, "return #board"));
        Assert.Equal("[3]", await node.CallAsync("return board[1]"));
    }

    [Fact]
    public async Task Parameters_keep_their_types()
    {
        var id = await node.CallAsync("""return nk.match_create("scripted", { whole = 3, half = 0.5, yes = true, list = { 1, { deep = "x" } }, more = { bytes = "\255\0" } })""");

        Assert.Equal(
            """[3,0.5,true,1,"x",2,255]""",
            await node.RunAsync(Read(id), "local p = state.params return p.whole, p.half, p.yes, p.list[1], p.list[2].deep, #p.list, p.more.bytes:byte(1)"));
    }

    [Theory]
    [InlineData("nk.match_create('nobody', nil)", "error creating match: error creating match: not found")]
    [InlineData("nk.match_create('scripted', { f = function() end })", "error creating match: error creating match: cannot encode params")]
    [InlineData("nk.match_create('scripted', { f = { g = print } })", "error creating match: error creating match: cannot encode params")]
    [InlineData("nk.match_create('scripted', (function() local t = {} t.t = t return t end)())", "error creating match: error creating match: cannot encode params")]
    [InlineData("nk.match_create('scripted', { 1, 2 })", "bad argument #2 to match_create (expects params to be nil or a table of key-value pairs)")]
    [InlineData("nk.match_create('scripted')", "bad argument #2 to match_create (value expected)")]
    [InlineData("nk.match_create('', nil)", "bad argument #1 to match_create (expects module name)")]
    [InlineData("nk.match_create('number', nil)", "error creating match: error loading match module: match module must return a table containing the match callback functions")]
    [InlineData("nk.match_create('rooms.half', nil)", "error creating match: error loading match module: match_join_attempt not found or not a function")]
    [InlineData("nk.match_create('scripted', { init = 'return nil, 10, \"\"' })", "error creating match: error creating match: Match initial state must not be nil")]
    [InlineData("nk.match_create('scripted', { init = 'return {}, 61, \"\"' })", "error creating match: error creating match: match_init returned invalid tick rate, must be between 1 and 60")]
    [InlineData("nk.match_create('scripted', { init = 'return {}, \"x\", \"\"' })", "error creating match: error creating match: match_init returned unexpected second value, must be a tick rate number")]
    [InlineData("nk.match_create('scripted', { init = 'return {}, 10' })", "error creating match: error creating match: match_init returned unexpected third value, must be a label string")]
    [InlineData("nk.match_create('scripted', { init = 'return {}, 10, 5' })", "error creating match: error creating match: match_init returned unexpected third value, must be a label string")]
    [InlineData("nk.match_create('scripted', { init = 'return {}, 10, \"\", 1' })", "error creating match: error creating match: match_init returned too many values")]
    [InlineData("nk.match_signal('nonsense', '')", "failed to signal match: match id invalid")]
    [InlineData("nk.match_signal('11111111-1111-4111-8111-111111111111.', nil)", "failed to signal match: match not found")]
    public async Task A_module_hears_why_there_is_no_match(string code, string message) => Assert.Equal(message, await node.FailAsync("return " + code));

    [Fact]
    public async Task A_fraction_of_a_tick_rate_is_cut_off() =>
        Assert.Equal("[10]", await node.RunAsync(await node.BeginAsync(("init", "return { signal = function(_, ctx, _, _, state) return state, nk.json_encode({ ctx.match_tick_rate }) end }, 10.9, ''")), ""));

    [Fact]
    public async Task Callbacks_know_their_match_and_an_attempt_knows_the_session()
    {
        var match = await node.BeginAsync(("attempt", "state.ctx = ctx; state.presence = a; state.metadata = b; return state, true"), ("join", "state.joined = a; return state"));
        var (player, socket) = await node.OpenAsync();
        await using var open = socket;
        await socket.AskAsync($$$""" "match_join":{"match_id":"{{{match}}}","metadata":{"team":"red"}} """);

        Assert.Equal(
            $"""["match","{match}","nakama","nakama","scripted",20]""",
            await node.RunAsync(match, "return ctx.execution_mode, ctx.match_id, ctx.match_node, ctx.node, ctx.match_label, ctx.match_tick_rate"));
        Assert.Equal("""["env","execution_mode","match_id","match_label","match_node","match_tick_rate","node"]""", await KeysAsync(match, "ctx"));
        Assert.Equal(
            """["client_ip","client_port","env","execution_mode","match_id","match_label","match_node","match_tick_rate","node","session_id","user_id","user_session_exp","username"]""",
            await KeysAsync(match, "state.ctx"));
        Assert.Equal(
            $"""["{player.UserId}","{player.Username}","red","nakama",0]""",
            await node.RunAsync(match, "return state.ctx.user_id, state.presence.username, state.metadata.team, state.joined[1].node, state.joined[1].reason"));
        Assert.Equal("""["node","session_id","user_id","username"]""", await KeysAsync(match, "state.presence"));
    }

    [Fact]
    public async Task The_context_shows_the_newest_label()
    {
        var match = await node.BeginAsync();

        await node.RunAsync(match, "dispatcher.match_label_update('new')");

        Assert.Equal("[\"new\"]", await node.RunAsync(match, "return ctx.match_label"));
    }

    [Fact]
    public async Task The_presences_that_a_join_was_given_may_be_sent_to()
    {
        var match = await node.BeginAsync(
            ("join", "state.seen = a; return state"),
            ("loop", "for _, m in ipairs(a) do dispatcher.broadcast_message(7, m.data, state.seen, m.sender) end return state"));
        await using var anna = await JoinAsync(match);
        await using var ben = await JoinAsync(match);

        await anna.SendAsync($$$"""{"match_data_send":{"match_id":"{{{match}}}","op_code":"1","data":"aGk="}}""");

        var heard = await ben.ReceiveAsync("match_data");
        Assert.Equal(("7", "aGk="), (heard.GetProperty("op_code").GetString(), heard.GetProperty("data").GetString()));
    }

    [Fact]
    public async Task Broadcasts_without_data_presences_or_sender_reach_everyone()
    {
        var match = await node.BeginAsync();
        await using var anna = await JoinAsync(match);

        await node.RunAsync(match, "dispatcher.broadcast_message(1) dispatcher.broadcast_message(2, nil, nil, nil, nil) dispatcher.broadcast_message_deferred(3, nil, nil)");

        for (var i = 1; i <= 3; i++)
        {
            var heard = await anna.ReceiveAsync("match_data");
            Assert.Equal($$"""{"match_id":"{{match}}","op_code":"{{i}}","reliable":true}""", heard.GetRawText());
        }
    }

    [Theory]
    [InlineData("broadcast_message, 'x'", "bad argument #1 to (anonymous) (number expected, got string)")]
    [InlineData("broadcast_message, 1, {}", "bad argument #2 to (anonymous) (expects data to be a string or nil)")]
    [InlineData("broadcast_message, 1, 5", "bad argument #2 to (anonymous) (expects data to be a string or nil)")]
    [InlineData("broadcast_message, 1, '', 'x'", "bad argument #3 to (anonymous) (table expected, got string)")]
    [InlineData("broadcast_message, 1, '', { 'x' }", "bad argument #3 to (anonymous) (expects a valid set of presences)")]
    [InlineData("broadcast_message, 1, '', { { session_id = '11111111-1111-4111-8111-111111111111', node = 'n' } }", "bad argument #3 to (anonymous) (expects each presence to have a valid user_id)")]
    [InlineData("broadcast_message, 1, '', { {}, {} }", "bad argument #3 to (anonymous) (expects each presence to have a valid session_id and node)")]
    [InlineData("broadcast_message, 1, '', nil, {}", "bad argument #4 to (anonymous) (expects sender to have a valid user_id, session_id and username)")]
    [InlineData("broadcast_message, 1, '', nil, nil, 1", "bad argument #5 to (anonymous) (boolean expected, got number)")]
    [InlineData("match_kick, { {} }", "bad argument #1 to (anonymous) (expects each presence to have a valid user_id, session_id, and node)")]
    [InlineData("match_label_update, ('x'):rep(2049)", "error updating match label: match label too long, must be 0-2048 bytes")]
    public async Task What_a_dispatcher_cannot_do_is_an_error_of_the_call(string call, string message)
    {
        var match = await node.BeginAsync();

        var result = await node.RunAsync(match, $"return select(2, pcall(dispatcher.{call}))");

        Assert.Contains(message, Read(result), StringComparison.Ordinal);
        Assert.True(node.IsRunning(match));
    }

    [Theory]
    [InlineData("return nil")]
    [InlineData("return state")]
    [InlineData("return state, true, nil")]
    [InlineData("return state, 'no'")]
    [InlineData("return 1, state, true")]
    [InlineData("error('refused')")]
    public async Task An_attempt_that_fails_or_returns_something_else_is_rejected_and_ends_the_match(string code)
    {
        var match = await node.BeginAsync(("attempt", $"if b.good then return state, true end {code}"));
        var member = await JoinAsync(match, ",\"metadata\":{\"good\":\"1\"}");
        await using var anna = (await node.OpenAsync()).Socket;

        var error = (await anna.AskAsync($$""" "match_join":{"match_id":"{{match}}"} """)).GetProperty("error");

        Assert.Equal((5, "Match join rejected"), (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()));
        await EndedAsync(member);
        Assert.False(node.IsRunning(match));
    }

    [Theory]
    [InlineData("join", "if state.first then return state, 1 end state.first = true return state")]
    [InlineData("join", "if state.first then error({ 'refused', 3 }) end state.first = true return state")]
    [InlineData("leave", "return state, 1")]
    [InlineData("leave", "error('no')")]
    [InlineData("loop", "if #a > 0 then return state, nil end return state")]
    [InlineData("loop", "if #a > 0 then while true do end end return state")]
    [InlineData("loop", "if #a > 0 then local function f() return 1 + f() end f() end return state")]
    [InlineData("loop", "if #a > 0 then pcall(nk.storage_write, {{ collection = 'c', key = 'k', value = {} }}) error('after') end return state")]
    public async Task A_callback_that_fails_or_returns_too_much_ends_the_match_and_its_members_are_disconnected(string callback, string code)
    {
        var match = await node.BeginAsync((callback, code));
        await using var anna = (await node.OpenAsync()).Socket;
        await using var ben = (await node.OpenAsync()).Socket;
        foreach (var player in (TestSocket[])[anna, ben]) await player.SendAsync($$$"""{"match_join":{"match_id":"{{{match}}}"}}""");
        if (callback != "join") await ben.ReceiveAsync("match");

        await ben.SendAsync($$$"""{"match_data_send":{"match_id":"{{{match}}}","op_code":"1"}}""");
        if (callback == "leave") await ben.SendAsync($$$"""{"match_leave":{"match_id":"{{{match}}}"}}""");

        await EndedAsync(anna);
        Assert.False(node.IsRunning(match));
    }

    [Theory]
    [InlineData("join", "return nil")]
    [InlineData("join", "")]
    [InlineData("loop", "if #a > 0 then return nil end return state")]
    public async Task Without_a_state_the_match_ends_and_its_members_stay_connected(string callback, string code)
    {
        var match = await node.BeginAsync((callback, code));
        await using var anna = await JoinAsync(match);
        await anna.SendAsync($$$"""{"match_data_send":{"match_id":"{{{match}}}","op_code":"1"}}""");

        await SocketNode.UntilAsync(() => !node.IsRunning(match));

        await anna.AskAsync("\"ping\":{}");
    }

    [Fact]
    public async Task An_error_that_a_callback_catches_around_a_write_is_its_own_affair()
    {
        var match = await node.BeginAsync(("loop", """
            if #a == 0 or state.done then return state end
            state.done = { pcall(function()
              nk.storage_write({{ collection = "lua-match", key = "k", value = { n = 1 } }})
              error("inside")
            end) }
            state.read = nk.storage_read({{ collection = "lua-match", key = "k" }})[1].value.n
            return state
            """));
        await using var anna = await JoinAsync(match);

        await anna.SendAsync($$$"""{"match_data_send":{"match_id":"{{{match}}}","op_code":"1"}}""");

        await SocketNode.UntilAsync(() => node.RunAsync(match, "return state.read or 0").GetAwaiter().GetResult() == "[1]");
        Assert.Contains("inside", await node.RunAsync(match, "return state.done[2]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_match_waits_for_the_database_without_holding_up_others()
    {
        var (waiting, other) = (await node.BeginAsync(), await node.BeginAsync());
        var asleep = node.RunAsync(waiting, "nk.sql_query('SELECT pg_sleep(3)', {})");

        Assert.Equal("[1]", await node.RunAsync(other, "return 1"));

        Assert.False(asleep.IsCompleted);
        Assert.Equal("{}", await asleep);
    }

    [Fact]
    public async Task A_match_may_create_another_and_signal_it()
    {
        var match = await node.BeginAsync();

        Assert.Equal(
            """["[\"scripted\"]"]""",
            await node.RunAsync(match, "return nk.match_signal(nk.match_create('scripted', nil), 'return ctx.match_label')"));
    }

    [Fact]
    public async Task Registrations_in_a_match_have_no_effect()
    {
        var match = await node.BeginAsync();

        await node.RunAsync(match, "nk.register_rpc(function() return 'x' end, 'made-in-a-match')");

        Assert.Equal(404, (await node.Server.CallAsync("made-in-a-match")).Status);
    }

    [Fact]
    public async Task The_match_that_a_matched_hook_returns_is_what_every_player_is_told()
    {
        await using var anna = (await node.OpenAsync()).Socket;
        await using var ben = (await node.OpenAsync()).Socket;
        foreach (var player in (TestSocket[])[anna, ben])
            await player.AskAsync("\"matchmaker_add\":{\"min_count\":2,\"max_count\":2,\"query\":\"*\"}");

        await node.Server.Server.Services.GetRequiredService<MatchmakerInterval>().RunAsync(CancellationToken.None);

        var ids = new[] { await MatchedAsync(anna), await MatchedAsync(ben) };
        Assert.Equal(ids[0], ids[1]);
        foreach (var player in (TestSocket[])[anna, ben])
            Assert.True((await player.AskAsync($$""" "match_join":{"match_id":"{{ids[0]}}"} """)).TryGetProperty("match", out _));
        Assert.Equal("[2]", await node.RunAsync(ids[0], "return state.params.invited"));

        static async Task<string> MatchedAsync(TestSocket socket) => (await socket.ReceiveAsync("matchmaker_matched")).GetProperty("match_id").GetString()!;
    }

    [Fact]
    public async Task A_match_is_described_to_modules()
    {
        var match = await node.BeginAsync();

        Assert.Equal(
            $$"""[{"authoritative":true,"handler_name":"scripted","label":"scripted","match_id":"{{match}}","size":0,"tick_rate":20}]""",
            await node.CallAsync($"return nk.match_get('{match}')"));
        Assert.Equal("[true]", await node.CallAsync($"for _, m in ipairs(nk.match_list(100, true, 'scripted', 0, 0, nil)) do if m.match_id == '{match}' then return true end end"));
    }

    [Fact]
    public async Task The_state_is_shown_as_json()
    {
        var match = await node.BeginAsync(("init", "return { round = 1, names = { 'a', 'b' } }, 10, ''"));

        var snapshot = await node.Server.Server.Services.GetRequiredService<MatchCalls>().SnapshotAsync(match, CancellationToken.None);

        Assert.Equal("""{"names":["a","b"],"round":1}""", snapshot.State);
    }

    private static string Read(string json) => JsonDocument.Parse(json).RootElement[0].GetString()!;

    private Task<string> KeysAsync(string match, string table) =>
        node.RunAsync(match, $"local keys = {{}} for key in pairs({table}) do keys[#keys + 1] = key end table.sort(keys) return unpack(keys)");

    private async Task<TestSocket> JoinAsync(string match, string more = "")
    {
        var socket = (await node.OpenAsync()).Socket;
        await socket.SendAsync($$$"""{"match_join":{"match_id":"{{{match}}}"{{{more}}}}}""");
        await socket.ReceiveAsync("match");
        return socket;
    }

    /// <summary>The server closes the socket.</summary>
    private static async Task EndedAsync(TestSocket socket)
    {
        while (await socket.ReceiveBytesAsync() is not null)
        {
        }

        Assert.Equal(1000, socket.CloseStatus);
    }
}
