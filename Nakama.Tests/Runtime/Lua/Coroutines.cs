namespace Nakama.Tests.Runtime.Lua;

public sealed class Coroutines
{
    [Theory]
    [InlineData("local co = coroutine.create(function(a, b) local c = coroutine.yield(a + b) local d, e = coroutine.yield(c * 2) return d + e end) local t = {} for _, v in ipairs({select(2, coroutine.resume(co, 1, 2)), select(2, coroutine.resume(co, 10)), select(2, coroutine.resume(co, 3, 4))}) do t[#t + 1] = v end return table.concat(t, ' ')", "3 20 7")]
    [InlineData("local gen = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) local s = '' for i in gen do s = s .. i end return s", "123")]
    [InlineData("local co = coroutine.create(function() error('oops') end) local ok, e = coroutine.resume(co) return tostring(ok) .. e .. coroutine.status(co)", "falsetest:1: oopsdead")]
    [InlineData("local co = coroutine.create(function() error({code = 5}) end) local ok, e = coroutine.resume(co) return e.code", "5")]
    [InlineData("local ok, e = pcall(coroutine.wrap(function() error('oops') end)) return e", "test:1: oops")]
    [InlineData("local co co = coroutine.create(function() return coroutine.status(co) end) local a = coroutine.status(co) local _, b = coroutine.resume(co) return a .. b .. coroutine.status(co)", "suspendedrunningdead")]
    [InlineData("local co = coroutine.create(function() end) coroutine.resume(co) local ok, e = coroutine.resume(co) return e", "cannot resume dead coroutine")]
    [InlineData("local ok, e = pcall(coroutine.yield, 1) return e", "test:1: attempt to yield from outside a coroutine")]
    [InlineData("local co = coroutine.wrap(function() local ok, v = pcall(function() return coroutine.yield(1) + 1 end) return v end) co() return co(41)", "42")]
    [InlineData("local co = coroutine.wrap(function() local ok, e = pcall(function() coroutine.yield(1) error('late', 0) end) return e end) co() return co()", "late")]
    [InlineData("local co = coroutine.wrap(function(...) return select('#', ...) end) return co(nil, nil)", "2")]
    [InlineData("local co = coroutine.wrap(function() return pcall(table.sort, {2, 1}, function() coroutine.yield() end) end) local ok, e = co() return e", "test:1: attempt to yield across a call from a native function")]
    [InlineData("local function gen(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end local s = 0 for i in gen(3) do for j in gen(i) do s = s + j end end return s", "10")]
    [InlineData("return tostring(coroutine.running()) .. type(select(2, coroutine.resume(coroutine.create(function() return coroutine.running() end))))", "nilthread")]
    [InlineData("local co co = coroutine.wrap(function() return pcall(co) end) local ok, e = co() return e", "test:1: cannot resume non-suspended coroutine")]
    [InlineData("local a, b = coroutine.wrap(function() coroutine.yield(1, 2, 3) end)() return b", "2")]
    public void They_are_those_of_the_language(string source, string expected) =>
        Assert.Equal(expected, LuaTestBed.Machine().Text(source));
}
