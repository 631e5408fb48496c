using System.Text.Json;

namespace Nakama.Tests.Runtime.JavaScript;

/// <summary>A node that runs whatever JavaScript a test sends to it.</summary>
public sealed class JavaScriptNode : IAsyncLifetime
{
    private const string Module = """
        var varObject = { n: 0 };
        function run(ctx, logger, nk, payload) {
          try {
            var value = new Function("nk", "ctx", "logger", '"use strict"; ' + payload)(nk, ctx, logger);
            return JSON.stringify({ value: value === undefined ? "undefined" : value });
          } catch (e) {
            return JSON.stringify({ thrown: e.name + ": " + e.message });
          }
        }
        function matchInit() { return { state: {}, tickRate: 1, label: "" }; }
        function go(ctx, logger, nk, dispatcher, tick, state) { return { state: state }; }
        function admit(ctx, logger, nk, dispatcher, tick, state) { return { state: state, accept: true }; }
        function InitModule(ctx, logger, nk, initializer) {
          initializer.registerRpc("run", run);
          initializer.registerMatch("quiet", { matchInit: matchInit, matchJoinAttempt: admit, matchJoin: go, matchLeave: go, matchLoop: go, matchTerminate: go, matchSignal: go });
        }
        """;

    internal ModuleServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await ModuleServer.StartAsync([("index.js", Module)]);

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>The value that the code returns, as JSON; <c>undefined</c> for nothing.</summary>
    public async Task<string> RunAsync(string code)
    {
        var answer = await AskAsync(code);
        Assert.True(answer.TryGetProperty("value", out var value), answer.GetRawText());
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
    }

    /// <summary>The name and the message of the error that the code throws.</summary>
    public async Task<string> FailAsync(string code)
    {
        var answer = await AskAsync(code);
        Assert.True(answer.TryGetProperty("thrown", out var thrown), answer.GetRawText());
        return thrown.GetString()!;
    }

    private async Task<JsonElement> AskAsync(string code)
    {
        var (status, body) = await Server.CallAsync("run", code);
        Assert.True(status == 200, body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.Clone();
    }
}
