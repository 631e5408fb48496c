using System.Text.Json;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

public sealed class HookedRequests(HookedRequests.Node node) : IClassFixture<HookedRequests.Node>
{
    private const string Module = """
        local nk = require("nakama")
        nk.register_req_before(function(ctx, request)
          local name = request.display_name
          if name == "change" then return { display_name = "changed", location = ctx.username .. "/" .. ctx.execution_mode } end
          if name == "nothing" then return nil end
          if name == "refuse" then error({ "not today", 7 }) end
          if name == "fail" then error("broken") end
          if name == "wrong" then return { display_name = {} } end
          if name == "unknown" then return { no_such_field = 1 } end
          if name == "text" then return "text" end
          return request
        end, "updateACCOUNT")
        nk.register_req_after(function(ctx, response, request)
          last_after = nk.json_encode({ response, request, ctx.user_id })
          error("nobody hears this")
        end, "UpdateAccount")
        nk.register_rpc(function() return last_after end, "last_after")
        nk.register_req_before(function() error("never called") end, "ChannelJoin")
        nk.register_req_before(function() error("never called") end, "NoSuchMethod")
        nk.register_rt_before(function() error("never called") end, "UpdateAccount")
        nk.register_rt_before(function(ctx, envelope)
          local status = envelope.status_update and envelope.status_update.status
          if status == "nothing" then return nil end
          if status == "empty" then return {} end
          if status == "other" then return { cid = envelope.cid, ping = {} } end
          if status == "refuse" then error({ "no such mood", 3 }) end
          if status == "change" then envelope.status_update.status = "changed" end
          return envelope
        end, "StatusUpdate")
        """;

    [Fact]
    public async Task A_before_hook_changes_the_request()
    {
        var player = await node.Server.Server.AuthenticateAsync();

        Assert.Equal(200, (await UpdateAsync(player, "change")).Status);
        var (_, account) = await node.Server.SendAsync(player.Bearer, HttpMethod.Get, "/v2/account");
        Assert.Equal("changed", account.GetProperty("user").GetProperty("display_name").GetString());
        Assert.Equal(player.Username + "/before", account.GetProperty("user").GetProperty("location").GetString());
    }

    [Theory]
    [InlineData("nothing", 404, 5, "Requested resource was not found.")]
    [InlineData("refuse", 403, 7, "not today")]
    [InlineData("fail", 500, 13, "broken")]
    [InlineData("wrong", 500, 13, "Could not complete runtime Before function.")]
    [InlineData("unknown", 500, 13, "Could not complete runtime Before function.")]
    [InlineData("text", 500, 13, "Could not complete runtime Before function.")]
    public async Task A_before_hook_refuses(string name, int status, int code, string message)
    {
        var player = await node.Server.Server.AuthenticateAsync();

        var (actual, body) = await UpdateAsync(player, name);

        Assert.Equal((status, code, message), (actual, body.GetProperty("code").GetInt32(), body.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task An_after_hook_sees_both_and_its_failure_hurts_nobody()
    {
        var player = await node.Server.Server.AuthenticateAsync();

        Assert.Equal(200, (await UpdateAsync(player, "plain")).Status);
        Assert.Equal($$"""[{},{"display_name":"plain"},"{{player.UserId}}"]""", await node.Server.CallAsync(player, "last_after"));
    }

    [Theory]
    [InlineData("refuse", 7, "no such mood")]
    [InlineData("other", 7, "Before hook changed the kind of the message.")]
    public async Task A_message_is_refused_and_the_socket_stays_open(string status, int code, string message)
    {
        var player = await node.Server.Server.AuthenticateAsync();
        await using var socket = await node.Server.Server.OpenSocketAsync(player, status: true);

        var refusal = (await socket.AskAsync($$"""
            "status_update":{"status":"{{status}}"}
            """)).GetProperty("error");

        Assert.Equal((code, message), (refusal.GetProperty("code").GetInt32(), refusal.GetProperty("message").GetString()));
        Assert.True((await socket.AskAsync("\"ping\":{}")).TryGetProperty("pong", out _));
    }

    [Fact]
    public async Task A_message_is_changed()
    {
        var player = await node.Server.Server.AuthenticateAsync();
        await using var socket = await node.Server.Server.OpenSocketAsync(player);

        Assert.True((await socket.AskAsync("\"status_update\":{\"status\":\"change\"}")).TryGetProperty("cid", out _));

        var presence = await socket.ReceiveAsync("status_presence_event");
        Assert.Equal("changed", presence.GetProperty("joins")[0].GetProperty("status").GetString());
        Assert.True((await socket.AskAsync("\"channel_join\":{\"target\":\"room\",\"type\":1}")).TryGetProperty("channel", out _));
    }

    [Fact]
    public async Task A_message_that_a_hook_takes_away_is_not_answered()
    {
        var player = await node.Server.Server.AuthenticateAsync();
        await using var socket = await node.Server.Server.OpenSocketAsync(player);

        await socket.SendAsync("""{"cid":"gone","status_update":{"status":"empty"}}""");
        await socket.SendAsync("""{"cid":"next","ping":{}}""");

        Assert.Equal("next", (await socket.ReceiveAsync()).GetProperty("cid").GetString());
    }

    private Task<(int Status, JsonElement Body)> UpdateAsync(TestPlayer player, string name) =>
        node.Server.SendAsync(player.Bearer, HttpMethod.Put, "/v2/account", $$"""{"display_name":"{{name}}"}""");

    public sealed class Node : IAsyncLifetime
    {
        internal ModuleServer Server { get; private set; } = null!;

        public async Task InitializeAsync() => Server = await ModuleServer.StartAsync(Module);

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
