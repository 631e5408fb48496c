using Microsoft.Extensions.DependencyInjection;
using Nakama.Lua;

namespace Nakama.Tests.Runtime;

/// <summary>Whatever a function of a module does wrong, its caller hears of it and the next call works.</summary>
public sealed class FailingFunctions(FailingFunctions.Node node) : IClassFixture<FailingFunctions.Node>
{
    private const string Module = """
        local nk = require("nakama")
        local tries = {
          endless = function() while true do end end,
          endless_inside = function() pcall(function() while true do end end) while true do end end,
          recursion = function() local function f() return 1 + f() end return f() end,
          nothing = function() error(nil) end,
          flag = function() error(true) end,
          empty_table = function() error({}) end,
          named = function() error({ message = "m", code = 3 }) end,
          coded = function() error({ "refused", 7 }) end,
          above = function() error({ "odd", 99 }) end,
          below = function() error({ "odd", 0 }) end,
          number = function() return 5 end,
          table = function() return {} end,
          arguments = function() nk.base64_encode({}) end,
          unknown = function() nk.no_such_function() end,
          big_string = function() return ("x"):rep(1e9) end,
          many_tables = function() local t = {} while true do t[#t + 1] = {} end end,
          spoilt_globals = function() string.format = nil nk.register_rpc(function() return "spoilt" end, "fine") return "done" end,
        }
        for id, fn in pairs(tries) do nk.register_rpc(fn, id) end
        nk.register_rpc(function() return "fine" end, "fine")
        """;

    [Theory]
    [InlineData("recursion", 500, "stack overflow")]
    [InlineData("nothing", 500, "nil")]
    [InlineData("flag", 500, "true")]
    [InlineData("coded", 403, "refused")]
    [InlineData("above", 500, "odd")]
    [InlineData("below", 500, "odd")]
    [InlineData("number", 500, "Runtime function returned invalid data - only allowed one return value of type String/Byte.")]
    [InlineData("table", 500, "Runtime function returned invalid data - only allowed one return value of type String/Byte.")]
    [InlineData("arguments", 500, "bad argument #1 to base64_encode (string expected, got table)")]
    [InlineData("unknown", 500, "attempt to call a non-function object")]
    public async Task It_is_told_as_modules_expect(string id, int status, string message)
    {
        var (actual, body) = await node.Server.CallAsync(id);

        Assert.Equal((status, message), (actual, ModuleServer.MessageOf(body)));
        Assert.Equal((200, "fine"), await node.Server.CallAsync("fine"));
    }

    [Theory]
    [InlineData("empty_table")]
    [InlineData("named")]
    public async Task A_table_that_is_no_refusal_is_named_as_what_it_is(string id)
    {
        var (status, body) = await node.Server.CallAsync(id);

        Assert.Equal(500, status);
        Assert.Matches("^table: 0x[0-9a-f]+$", ModuleServer.MessageOf(body));
    }

    [Theory]
    [InlineData("endless")]
    [InlineData("endless_inside")]
    [InlineData("big_string")]
    [InlineData("many_tables")]
    public async Task One_that_takes_too_much_is_stopped(string id)
    {
        for (var i = 0; i < 3; i++) Assert.Equal(500, (await node.Server.CallAsync(id)).Status);

        Assert.Equal((200, "fine"), await node.Server.CallAsync("fine"));
    }

    [Fact]
    public async Task Registering_within_a_call_changes_nothing()
    {
        await node.Server.CallAsync("spoilt_globals");

        Assert.Equal((200, "fine"), await node.Server.CallAsync("fine"));
    }

    [Fact]
    public async Task Faults_are_logged_and_refusals_are_not()
    {
        await node.Server.CallAsync("unknown");
        await node.Server.CallAsync("coded");

        var texts = node.Server.Server.Log.Lines.Where(line => line.Level == Microsoft.Extensions.Logging.LogLevel.Error).Select(line => line.Text).ToList();
        Assert.Contains(texts, text => text.Contains("attempt to call a non-function object", StringComparison.Ordinal));
        Assert.DoesNotContain(texts, text => text.Contains("refused", StringComparison.Ordinal));
    }

    public sealed class Node : IAsyncLifetime
    {
        internal ModuleServer Server { get; private set; } = null!;

        public async Task InitializeAsync() => Server = await ModuleServer.StartAsync(
            Module, configure: builder => builder.Services.AddSingleton(new LuaLimits { InstructionCount = 5_000_000, MemoryBytes = 64 << 20 }));

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
