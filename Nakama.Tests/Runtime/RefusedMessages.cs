namespace Nakama.Tests.Runtime;

/// <summary>Realtime messages that a before hook does not let through.</summary>
public sealed class RefusedMessages
{
    private const string Lua = """
        local nk = require("nakama")
        nk.register_rt_before(function(ctx, envelope)
          local status = envelope.status_update.status
          if status == "nothing" then return nil end
          if status == "text" then return "text" end
          return envelope
        end, "StatusUpdate")
        """;

    private const string JavaScript = """
        function before(ctx, logger, nk, envelope) {
          if (envelope.statusUpdate.status === "nothing") return null;
          if (envelope.statusUpdate.status === "text") return "text";
          return envelope;
        }
        function InitModule(ctx, logger, nk, initializer) { initializer.registerRtBefore("StatusUpdate", before); }
        """;

    [Theory]
    [InlineData("game.lua", Lua)]
    [InlineData("index.js", JavaScript)]
    public async Task A_hook_that_returns_nothing_ends_the_session_and_no_other(string file, string source)
    {
        await using var server = await ModuleServer.StartAsync([(file, source)]);
        await using var socket = await server.Server.OpenSocketAsync(await server.Server.AuthenticateAsync());
        await using var other = await server.Server.OpenSocketAsync(await server.Server.AuthenticateAsync());

        await socket.SendAsync("""{"cid":"1","status_update":{"status":"nothing"}}""");

        var error = await socket.ReceiveAsync("error");
        Assert.Equal((1, "Requested resource was not found."), (error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()));
        Assert.Null(await socket.ReceiveBytesAsync());
        Assert.True((await other.AskAsync("\"status_update\":{\"status\":\"here\"}")).TryGetProperty("cid", out _));
    }

    [Fact]
    public async Task A_hook_that_returns_no_message_fails_without_the_cid_and_the_session_stays()
    {
        await using var server = await ModuleServer.StartAsync([("index.js", JavaScript)]);
        await using var socket = await server.Server.OpenSocketAsync(await server.Server.AuthenticateAsync());

        await socket.SendAsync("""{"cid":"1","status_update":{"status":"text"}}""");

        var answer = await socket.ReceiveAsync();
        Assert.False(answer.TryGetProperty("cid", out _));
        Assert.Equal((7, "Could not complete runtime Before function."), (answer.GetProperty("error").GetProperty("code").GetInt32(), answer.GetProperty("error").GetProperty("message").GetString()));
        Assert.True((await socket.AskAsync("\"status_update\":{\"status\":\"here\"}")).TryGetProperty("cid", out _));
    }
}
