namespace Nakama.Tests.Runtime.JavaScript;

/// <summary>Modules that keep more and more between their calls.</summary>
public sealed class RetainedValues
{
    private const int MaxCalls = 500;

    [Theory]
    [InlineData("const kept = []; function keep(value) { kept.push(value); return kept.length; }")]
    [InlineData("var keep = (function () { var inner = new Map(); return function (value) { inner.set(inner.size, { held: [value] }); return inner.size; }; })();")]
    public async Task An_interpreter_whose_values_take_too_much_is_replaced(string keep)
    {
        await using var server = await StartAsync(keep);

        var count = 0;
        for (var i = 0; i < MaxCalls; i++)
        {
            var (status, body) = await server.CallAsync("grow");
            Assert.Equal(200, status);
            var now = int.Parse(body, System.Globalization.CultureInfo.InvariantCulture);
            if (now <= count) break;
            count = now;
        }

        Assert.InRange(count, 4, MaxCalls - 1);
        Assert.Contains(server.Server.Log.Lines, static line => line.Text == "The values of a JavaScript interpreter take more than 16 MB, it is replaced");
    }

    [Fact]
    public async Task A_call_that_uses_much_and_keeps_nothing_does_not_cost_the_interpreter()
    {
        await using var server = await StartAsync("const kept = []; function keep(value) { return kept.push(1); }");

        for (var i = 1; i <= 50; i++) Assert.Equal((200, $"{i}"), await server.CallAsync("grow"));

        Assert.DoesNotContain(server.Server.Log.Lines, static line => line.Text.Contains("it is replaced", StringComparison.Ordinal));
    }

    private static Task<ModuleServer> StartAsync(string keep) => ModuleServer.StartAsync(
        [("index.js", $$"""
            {{keep}}
            function grow(ctx, logger, nk, payload) { return String(keep(new Array(200000).fill({ a: 1 }))); }
            function InitModule(ctx, logger, nk, initializer) { initializer.registerRpc("grow", grow); }
            """)],
        static runtime => runtime with { JsMinCount = 1, JsMaxCount = 1, JsRetainedMemoryMb = 16 });
}
