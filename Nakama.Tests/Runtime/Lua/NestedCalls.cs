using Nakama.Lua;

namespace Nakama.Tests.Runtime.Lua;

/// <summary>Calls from the host while another call of the same interpreter waits for a native function.</summary>
public sealed class NestedCalls
{
    private readonly Stack<TaskCompletionSource> _waits = new();

    [Theory]
    [InlineData("return host(function(x) return x + 1 end, 10)")]
    [InlineData("local ok, x = pcall(host, function(x) return x + 1 end, 10) return x")]
    [InlineData("return coroutine.wrap(function() return (host(function(x) return x + 1 end, 10)) end)()")]
    [InlineData("return host(function(x) return host(function(y) return y + 1 end, x) end, 10)")]
    [InlineData("local n = 1 host(function(x) n = n + x end, 10) return n")]
    [InlineData("return host(coroutine.wrap(function(x) coroutine.yield(x + 1) end), 10)")]
    [InlineData("local t = {2, 1} local n table.sort(t, function(a, b) n = host(function(x) return x + 1 end, 10) return a < b end) return n")]
    [InlineData("local t = setmetatable({}, { __index = function(_, k) return host(function(x) return x + k end, 10) end }) return t[1]")]
    [InlineData("return host(function(x) local t = setmetatable({}, { __index = function(_, k) return host(function(y) return y + k end, x) end }) return t[1] end, 10)")]
    public async Task The_outer_call_goes_on_where_it_was(string source)
    {
        var machine = Machine();

        var results = await Task.Run(() => machine.CallAsync(machine.Load(source), [], CancellationToken.None).AsTask());

        Assert.Equal(11, results[0].AsNumber);
        Assert.Equal("2", machine.Text("return 1 + 1"));
    }

    [Fact]
    public async Task An_error_ends_the_inner_call_alone()
    {
        var machine = Machine();

        var results = await machine.CallAsync(
            machine.Load("local ok, e = pcall(host, function() error('inner', 0) end)\nreturn e, host(function() return 7 end)"), [], CancellationToken.None);

        Assert.Equal(("inner", 7), (results[0].ToString(), results[1].AsNumber));
    }

    [Fact]
    public async Task What_the_inner_call_spends_is_missing_to_the_outer_one()
    {
        var machine = Machine(new LuaLimits { InstructionCount = 200_000 });
        var source = machine.Load("inner = pcall(host, function() while true do end end) for i = 1, 30000 do end reached = true");

        var error = await Assert.ThrowsAsync<LuaException>(async () => await machine.CallAsync(source, [], CancellationToken.None));

        Assert.Contains("instruction limit exceeded", error.Message, StringComparison.Ordinal);
        Assert.True(machine.Globals["reached"].IsNil);
        Assert.Equal("2", machine.Text("return 1 + 1"));
    }

    [Fact]
    public async Task What_the_outer_call_holds_counts_for_the_inner_one()
    {
        var machine = Machine(new LuaLimits { MemoryBytes = 4 << 20 });
        var source = machine.Load("""
            local kept = {}
            for i = 1, 30 do kept[i] = string.rep("x", 100000) .. i end
            host(function() local more = {} for i = 1, 100000 do more[i % 20] = string.rep("y", 100000) .. i end end)
            """);

        var error = await Assert.ThrowsAsync<LuaException>(async () => await machine.CallAsync(source, [], CancellationToken.None));

        Assert.Contains("memory limit exceeded", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_coroutine_that_waits_cannot_be_resumed()
    {
        var machine = Machine();
        var source = machine.Load("""
            local co
            co = coroutine.create(function() return host(function() return (select(2, coroutine.resume(co))) end) end)
            return select(2, coroutine.resume(co))
            """);

        var results = await machine.CallAsync(source, [], CancellationToken.None);

        Assert.Equal("cannot resume non-suspended coroutine", results[0].ToString());
    }

    [Fact]
    public async Task There_must_be_a_call_that_waits()
    {
        var machine = Machine();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await machine.CallNestedAsync(machine.Load("return 1"), [], CancellationToken.None));
    }

    /// <summary>An interpreter with a function <c>host</c> that waits, calls the function it is given, and returns its last result.</summary>
    private LuaMachine Machine(LuaLimits? limits = null)
    {
        var machine = LuaTestBed.Machine(limits);
        machine.Waiting = () => _waits.Peek().TrySetResult();
        machine.Globals["host"] = LuaFunction.CreateAsync("host", async call =>
        {
            var (function, argument, waits) = (call[1].AsFunction!, call[2], new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _waits.Push(waits);
            try
            {
                await waits.Task;
                return call.Return((await machine.CallNestedAsync(function, [argument], call.CancellationToken)).Last);
            }
            finally
            {
                _waits.Pop();
            }
        });
        return machine;
    }
}
