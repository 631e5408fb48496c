using Nakama.Lua;

namespace Nakama.Tests.Runtime.Lua;

/// <summary>Scripts that want too much of something get an error, and the interpreter takes the next call.</summary>
public sealed class StayingWithinBudget
{
    private static readonly LuaLimits Small = new() { InstructionCount = 2_000_000, MemoryBytes = 8 << 20, StringBytes = 1 << 20 };

    [Theory]
    [InlineData("while true do end")]
    [InlineData("for i = 1, math.huge do end")]
    [InlineData("::again:: goto again")]
    [InlineData("repeat until false")]
    [InlineData("local function f() return f() end f()")]
    [InlineData("while true do pcall(function() while true do end end) end")]
    [InlineData("while true do xpcall(function() error('x') end, function() while true do end end) end")]
    [InlineData("for k in function() return 1 end do end")]
    [InlineData("local t = setmetatable({}, {__index = function(t, k) return k end}) while true do local x = t.a end")]
    [InlineData("coroutine.wrap(function() while true do end end)()")]
    [InlineData("local c = coroutine.wrap(function() while true do coroutine.yield() end end) while true do c() end")]
    [InlineData("while true do table.sort({3, 2, 1}, function(a, b) return a < b end) end")]
    [InlineData("while true do ('aaaa'):gsub('a', function() end) end")]
    [InlineData("while true do loadstring('return 1') end")]
    [InlineData("string.find(('a'):rep(30000), ('a*'):rep(200) .. 'b')")]
    [InlineData("string.find(('a'):rep(1000000), '.-.-.-.-b')")]
    [InlineData("string.match(('('):rep(1000000), '%b()%b()')")]
    [InlineData("while true do local s = ('x'):rep(1000000) end")]
    public void A_script_that_does_not_end_is_ended(string source)
    {
        var machine = LuaTestBed.Machine(Small);

        var error = machine.Fails(source);

        Assert.True(error.IsFatal, error.Message);
        Assert.Contains("instruction limit exceeded", error.Message, StringComparison.Ordinal);
        Assert.Equal("2", machine.Text("return 1 + 1"));
    }

    [Theory]
    [InlineData("local t = {} while true do t[#t + 1] = {} end")]
    [InlineData("local t = {} while true do t[#t + 1] = ('x'):rep(#t) end")]
    [InlineData("local t = {} for i = 1, math.huge do t['k' .. i] = i end")]
    [InlineData("local f = nil while true do local g = f f = function() return g end end")]
    [InlineData("while true do pcall(function() held = {held, {}} end) end")]
    [InlineData("local all = {} while true do all[#all + 1] = coroutine.create(function() end) end")]
    public void A_script_that_keeps_too_much_is_ended(string source)
    {
        var machine = LuaTestBed.Machine(Small with { InstructionCount = 100_000_000 });

        var error = machine.Fails(source);

        Assert.True(error.IsFatal, error.Message);
        Assert.Contains("memory limit exceeded", error.Message, StringComparison.Ordinal);
        machine.Run("held = nil");
        Assert.Equal("2", machine.Text("return 1 + 1"));
    }

    [Fact]
    public void Garbage_does_not_count_as_kept() =>
        Assert.Equal("200000", LuaTestBed.Machine(Small with { InstructionCount = 100_000_000 }).Text(
            "local n = 0 for i = 1, 200000 do local t = {{}, {}, 'x' .. i} n = n + 1 end return n"));

    [Theory]
    [InlineData("return ('x'):rep(4294967296)")]
    [InlineData("return ('xy'):rep(9007199254740992)")]
    [InlineData("local s = 'xxxxxxxx' while true do s = s .. s end")]
    [InlineData("return (('x'):rep(1000000):gsub('x', ('y'):rep(1000)))")]
    [InlineData("return table.concat({('x'):rep(1000000), ('y'):rep(1000000)})")]
    [InlineData("local t = {} for i = 1, 20 do t[i] = ('x'):rep(100000) end return table.concat(t)")]
    [InlineData("return (('%999999d'):rep(10)):format(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)")]
    [InlineData("local s = ('x'):rep(1000000) return load(function() return s end)")]
    public void A_string_that_would_be_too_long_is_refused(string source)
    {
        var machine = LuaTestBed.Machine(Small with { InstructionCount = 100_000_000 });

        var error = machine.Fails(source);

        Assert.False(error.IsFatal);
        Assert.Equal("test:1: string length overflow", error.Message);
        Assert.Equal("2", machine.Text("return 1 + 1"));
    }

    [Theory]
    [InlineData("local function f() return 1 + f() end f()", "stack overflow")]
    [InlineData("local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k] end return t.x", "overflow")]
    [InlineData("local t = setmetatable({}, {}) getmetatable(t).__tostring = function(t) return tostring(t) end return tostring(t)", "overflow")]
    [InlineData("local function f() pcall(f) error('x') end f()", "x")]
    [InlineData("local function f() table.sort({1, 2}, f) end f()", "overflow")]
    [InlineData("local function f() return (('x'):gsub('x', f)) end f()", "overflow")]
    [InlineData("local function f() return coroutine.wrap(f)() end f()", "overflow")]
    [InlineData("return unpack({}, 1, 1e9)", "registry overflow")]
    [InlineData("local t = {} for i = 1, 600 do t[i] = i end return math.max(unpack(t))", "registry overflow")]
    [InlineData("return ('x'):rep(10000):byte(1, -1)", "registry overflow")]
    [InlineData("local t = {} for i = 1, 150 do t = {t} end return loadstring('return ' .. ('('):rep(1000))", "")]
    public void A_recursion_without_end_is_an_error_of_the_script(string source, string text)
    {
        var machine = LuaTestBed.Machine();
        string message;
        try
        {
            message = string.Join(' ', machine.Run(source).Select(value => value.ToString()));
        }
        catch (LuaException exception)
        {
            Assert.False(exception.IsFatal);
            message = exception.Message;
        }
        Assert.Contains(text, message, StringComparison.Ordinal);
        Assert.Equal("2", machine.Text("return 1 + 1"));
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("{", "}")]
    [InlineData("function() return ", " end")]
    [InlineData("- ", "")]
    [InlineData("not ", "")]
    [InlineData("1 ^ ", "")]
    [InlineData("1 .. (", ")")]
    [InlineData("f(", ")")]
    [InlineData("a[", "]")]
    public void Source_nested_without_measure_is_refused_or_compiled(string open, string close)
    {
        var source = string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000));

        Assert.Throws<LuaException>(() => LuaTestBed.Machine().Load("return " + source));
    }

    [Theory]
    [InlineData("do ", "end ")]
    [InlineData("if x then ", "end ")]
    [InlineData("while true do ", "end ")]
    [InlineData("x = 1 + ", "")]
    [InlineData("x = a.b", "")]
    [InlineData("x = f()", "")]
    [InlineData("x = a and ", "")]
    public void Long_and_deep_statements_neither_hang_nor_crash(string open, string close)
    {
        var source = string.Concat(Enumerable.Repeat(open, 50_000)) + string.Concat(Enumerable.Repeat(close, 50_000));

        Assert.Throws<LuaException>(() => LuaTestBed.Machine().Load(source + " oops oops"));
    }

    [Theory]
    [InlineData("error({code = 7})", LuaKind.Table)]
    [InlineData("error(nil)", LuaKind.Nil)]
    [InlineData("error(setmetatable({}, {__tostring = function() error('again') end}))", LuaKind.Table)]
    [InlineData("coroutine.wrap(function() error({}) end)()", LuaKind.Table)]
    [InlineData("error(function() end)", LuaKind.Function)]
    [InlineData("error(true)", LuaKind.Boolean)]
    public void Any_value_can_be_thrown(string source, LuaKind kind) =>
        Assert.Equal(kind, LuaTestBed.Machine().Fails(source).Value.Kind);

    [Fact]
    public async Task A_cancelled_call_ends_with_an_error_that_scripts_cannot_catch()
    {
        var machine = LuaTestBed.Machine();
        using var giveUp = new CancellationTokenSource();
        machine.Globals["started"] = LuaFunction.Create("started", _ =>
        {
            giveUp.Cancel();
            return 0;
        });

        var error = await Assert.ThrowsAsync<LuaException>(async () =>
            await machine.CallAsync(machine.Load("started() while true do pcall(function() while true do end end) end"), [], giveUp.Token));

        Assert.True(error.IsFatal);
        Assert.Equal("context canceled", error.Message);
        Assert.Equal("2", machine.Text("return 1 + 1"));
    }

    [Fact]
    public void The_text_of_a_cancelled_call_is_the_hosts_to_choose()
    {
        var machine = LuaTestBed.Machine();
        machine.CancelledText = "context deadline exceeded";

        var error = Assert.Throws<LuaException>(() => machine.Call(machine.Load("while true do end"), [], new CancellationToken(canceled: true)));

        Assert.Equal("context deadline exceeded", error.Message);
    }

    [Fact]
    public void The_depth_of_calls_is_a_setting() =>
        Assert.Equal("1000", LuaTestBed.Machine(new LuaLimits { CallDepth = 2000, StackSlots = 20_000 }).Text(
            "local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end return f(1000)"));
}
