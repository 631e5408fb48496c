namespace Nakama.Tests.Runtime.JavaScript;

public sealed class DeepScripts(JavaScriptNode node) : IClassFixture<JavaScriptNode>
{
    [Fact]
    public async Task Recursion_that_is_too_deep_is_an_error_that_the_script_may_catch() => Assert.Equal(
        "RangeError: Maximum call stack size exceeded",
        await node.RunAsync("function f(n) { return 1 + f(n + 1); } try { f(0); } catch (e) { return e.name + ': ' + e.message; }"));

    [Fact]
    public async Task A_script_that_catches_it_and_goes_on_deeper_is_stopped_and_other_calls_are_answered()
    {
        var (status, body) = await node.Server.CallAsync("run", "function f(n) { for (;;) try { f(n + 1); } catch (e) { } } f(0);");

        Assert.Equal(500, status);
        Assert.Contains("The JavaScript function was stopped: its calls or data are nested too deeply.", body, StringComparison.Ordinal);
        Assert.Equal("2", await node.RunAsync("return [1, 1].length;"));
    }
}
