namespace Nakama.Tests.Runtime;

/// <summary>A node with a module that runs whatever code it is sent.</summary>
public sealed class CodeServer : IAsyncLifetime
{
    private const string Module = """
        local nk = require("nakama")
        nk.register_rpc(function(ctx, payload)
          local results = { pcall(loadstring("local nk, ctx = ... " .. payload), nk, ctx) }
          if not results[1] then error(results[2], 0) end
          return nk.json_encode(results[2])
        end, "run")
        nk.register_storage_index("levels", "things", "", { "level", "name" }, { "level" }, 1000, false)
        nk.register_storage_index("names", "things", "", { "name" }, {}, 1000, true)
        nk.register_storage_index_filter("levels", function(ctx, write) return write.value.skip == nil end)
        """;

    private const string Position = "<string>:1: ";

    internal ModuleServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await ModuleServer.StartAsync(Module);

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>What the code returns, as JSON.</summary>
    internal async Task<string> RunAsync(string code)
    {
        var (status, body) = await Server.CallAsync("run", code);
        Assert.True(status == 200, body);
        return body;
    }

    /// <summary>The error that the code ends with, without its position.</summary>
    internal async Task<string> FailAsync(string code)
    {
        var (status, body) = await Server.CallAsync("run", code);
        Assert.Equal(500, status);
        var message = ModuleServer.MessageOf(body);
        return message.StartsWith(Position, StringComparison.Ordinal) ? message[Position.Length..] : message;
    }
}
