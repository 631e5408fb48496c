namespace Nakama.Tests.Runtime;

/// <summary>A node that runs whatever Lua a test sends to it.</summary>
public sealed class ScriptedNode : IAsyncLifetime
{
    private const string Module = """
        local nk = require("nakama")
        nk.register_rpc(function(ctx, payload)
          local chunk, problem = loadstring("local nk, ctx = ... " .. payload)
          if not chunk then error(problem, 0) end
          local results = { pcall(chunk, nk, ctx) }
          if not results[1] then error(results[2], 0) end
          return nk.json_encode(results[2])
        end, "run")
        """;

    private const string Position = "<string>:1: ";

    internal ModuleServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await ModuleServer.StartAsync(Module);

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>The first value that the code returns, as JSON.</summary>
    public async Task<string> RunAsync(string code)
    {
        var (status, body) = await Server.CallAsync("run", code);
        Assert.True(status == 200, body);
        return body;
    }

    /// <summary>The message of the error that the code ends with, without its position.</summary>
    public async Task<string> FailAsync(string code)
    {
        var (status, body) = await Server.CallAsync("run", code);
        Assert.True(status == 500, body);
        var message = ModuleServer.MessageOf(body);
        return message.StartsWith(Position, StringComparison.Ordinal) ? message[Position.Length..] : message;
    }
}
