namespace Nakama.Tests.Runtime.JavaScript;

/// <summary>Modules that keep more and more between their calls.</summary>
public sealed class RetainedValues
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("const kept = []; function keep(value) { kept.push(value); return kept.length; }")]
    [InlineData("var keep = (function () { var inner = new Map(); return function (value) { inner.set(inner.size, { held: [value] }); return inner.size; }; })();")]
    [InlineData("const keys = [], kept = new WeakMap(); function keep(value) { const key = {}; kept.set(key, value); return keys.push(key); }")]
    [InlineData("const kept = []; function keep() { for (let i = 1; i <= 16; i++) kept.push(BigInt(i) << 800000n); return kept.length / 16; }")]
    [InlineData("const kept = []; function keep(value, logger) { const own = logger.withField('a', 'b'); own.value = value; return kept.push(own); }")]
    public async Task An_interpreter_whose_values_take_too_much_is_replaced(string keep)
    {
        await using var server = await StartAsync(keep);

        for (var i = 1; i <= 4; i++) Assert.Equal((200, $"{i}"), await server.CallAsync("grow"));
        for (var i = 5; i <= 20; i++) Assert.Equal(200, (await server.CallAsync("grow")).Status);

        // Some time has to pass between two measurements.
        using var patience = new CancellationTokenSource(Patience);
        while (!IsReplaced(server)) Assert.Equal((200, "done"), await server.CallAsync("waste", "", patience.Token));
    }

    private static bool IsReplaced(ModuleServer server) => server.Server.Log.Lines.Any(
        static line => line.Text == "The values of a JavaScript interpreter take more than 16 MB, it is replaced");

    [Fact]
    public async Task A_call_after_the_replacement_sees_fresh_values()
    {
        await using var server = await StartAsync("const kept = []; function keep(value) { return kept.push(value); }");
        using var patience = new CancellationTokenSource(Patience);
        for (var i = 1; i <= 20; i++) Assert.Equal(200, (await server.CallAsync("grow")).Status);
        while (!IsReplaced(server)) await server.CallAsync("waste", "", patience.Token);

        Assert.True(int.Parse((await server.CallAsync("grow")).Body, System.Globalization.CultureInfo.InvariantCulture) < 20);
    }

    [Fact]
    public async Task A_call_that_uses_much_and_keeps_nothing_does_not_cost_the_interpreter()
    {
        await using var server = await StartAsync("const kept = []; function keep(value) { return kept.push(1); }");

        for (var i = 1; i <= 50; i++) Assert.Equal((200, $"{i}"), await server.CallAsync("grow"));

        Assert.DoesNotContain(server.Server.Log.Lines, static line => line.Text.Contains("it is replaced", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_match_whose_state_takes_too_much_ends_and_says_why()
    {
        await using var server = await ModuleServer.StartAsync(
            [("index.js", """
                function matchInit() { return { state: { kept: [] }, tickRate: 30, label: "" }; }
                function matchLoop(ctx, logger, nk, dispatcher, tick, state) { state.kept.push(new Uint8Array(1600000)); return { state: state }; }
                function go(ctx, logger, nk, dispatcher, tick, state) { return { state: state }; }
                function admit(ctx, logger, nk, dispatcher, tick, state) { return { state: state, accept: true }; }
                function start(ctx, logger, nk) { return nk.matchCreate("hoarder"); }
                function InitModule(ctx, logger, nk, initializer) {
                  initializer.registerRpc("start", start);
                  initializer.registerMatch("hoarder", { matchInit: matchInit, matchJoinAttempt: admit, matchJoin: go, matchLeave: go, matchLoop: matchLoop, matchTerminate: go, matchSignal: go });
                }
                """)],
            static runtime => runtime with { JsRetainedMemoryMb = 16 });
        using var patience = new CancellationTokenSource(Patience);

        var (status, match) = await server.CallAsync("start", "", patience.Token);

        Assert.Equal(200, status);
        while (!server.Server.Log.Lines.Any(line => line.Text.Contains(match, StringComparison.Ordinal) && line.Text.Contains("the match keeps more than 16 MB", StringComparison.Ordinal)))
            await Task.Delay(50, patience.Token);
    }

    private static Task<ModuleServer> StartAsync(string keep) => ModuleServer.StartAsync(
        [("index.js", $$"""
            {{keep}}
            function grow(ctx, logger, nk, payload) { return String(keep(new Uint8Array(1600000), logger)); }
            function waste() { new Uint8Array(1600000); return "done"; }
            function InitModule(ctx, logger, nk, initializer) { initializer.registerRpc("grow", grow); initializer.registerRpc("waste", waste); }
            """)],
        static runtime => runtime with { JsMinCount = 1, JsMaxCount = 1, JsRetainedMemoryMb = 16 });
}
