using Nakama.Lua;

namespace Nakama.Tests.Runtime.Lua;

/// <summary>Native functions that wait: the interpreter is left and entered again, on any thread.</summary>
public sealed class WaitingFunctions
{
    private readonly LuaMachine _machine = LuaTestBed.Machine();
    private readonly Queue<TaskCompletionSource<double>> _waiting = new();

    public WaitingFunctions() => _machine.Globals["wait"] = LuaFunction.CreateAsync("wait", async call =>
    {
        var source = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        var argument = call[1];
        _waiting.Enqueue(source);
        var given = await source.Task;
        return call.Return(given + argument.AsNumber, "done");
    });

    [Theory]
    [InlineData("return wait(1)")]
    [InlineData("local x = wait(1) return x")]
    [InlineData("local ok, x = pcall(wait, 1) return ok and x")]
    [InlineData("local ok, x = pcall(function() return (wait(1)) end) return ok and x")]
    [InlineData("local ok, x = xpcall(function() return (wait(1)) end, print) return ok and x")]
    [InlineData("local ok, x = pcall(pcall, wait, 1) return x and 11")]
    [InlineData("return coroutine.wrap(function() return (wait(1)) end)()")]
    [InlineData("return coroutine.wrap(wait)(1)")]
    [InlineData("local co = coroutine.create(function() coroutine.yield(wait(1)) end) local ok, x = coroutine.resume(co) return x")]
    [InlineData("for x in wait, 1 do return x end")]
    [InlineData("local t = setmetatable({}, {__call = wait}) return pcall(t) and 11")]
    [InlineData("local function f(...) return (wait(...)) end return (f(1))")]
    public async Task The_call_goes_on_when_the_wait_is_over(string source)
    {
        var call = _machine.CallAsync(_machine.Load(source), [], CancellationToken.None);
        Assert.False(call.IsCompleted);

        _waiting.Dequeue().SetResult(10);

        Assert.Equal(11, (await call)[0].AsNumber);
        Assert.Equal("2", _machine.Text("return 1 + 1"));
    }

    [Fact]
    public async Task Many_waits_follow_each_other_without_a_thread_held()
    {
        var call = _machine.CallAsync(_machine.Load("local s = 0 for i = 1, 100 do s = s + wait(i) end return s"), [], CancellationToken.None).AsTask();
        for (var index = 0; index < 100; index++)
        {
            TaskCompletionSource<double>? source;
            while (!_waiting.TryDequeue(out source)) await Task.Yield();
            source.SetResult(1);
        }
        Assert.Equal(5150, (await call)[0].AsNumber);
    }

    [Fact]
    public async Task A_wait_that_fails_is_an_error_of_the_script_with_its_line()
    {
        var call = _machine.CallAsync(_machine.Load("local ok, e = pcall(function()\n return wait(1) end)\nreturn e"), [], CancellationToken.None);

        _waiting.Dequeue().SetException(new InvalidOperationException("no connection"));

        Assert.Equal("test:2: no connection", (await call)[0].ToString());
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_ends_the_call()
    {
        using var giveUp = new CancellationTokenSource();
        var call = _machine.CallAsync(_machine.Load("pcall(wait, 1) return 'caught'"), [], giveUp.Token);
        await giveUp.CancelAsync();
        _waiting.Dequeue().SetCanceled(giveUp.Token);

        var error = await Assert.ThrowsAsync<LuaException>(async () => await call);

        Assert.True(error.IsFatal);
        Assert.Equal("context canceled", error.Message);
    }

    [Fact]
    public async Task Where_dotnet_code_is_in_between_the_thread_waits()
    {
        var source = "local t = {2, 1} table.sort(t, function(a, b) wait(1) return a < b end) return t[1]";
        var call = Task.Run(() => _machine.CallAsync(_machine.Load(source), [], CancellationToken.None).AsTask());
        while (!call.IsCompleted)
        {
            if (_waiting.TryDequeue(out var waiting)) waiting.SetResult(1);
            await Task.Yield();
        }
        Assert.Equal(1, (await call)[0].AsNumber);
    }

    [Fact]
    public async Task One_call_at_a_time()
    {
        var first = _machine.CallAsync(_machine.Load("return wait(1)"), [], CancellationToken.None);

        Assert.Throws<InvalidOperationException>(() => { _machine.Call(_machine.Load("return 1"), [], CancellationToken.None); });

        _waiting.Dequeue().SetResult(1);
        await first;
    }

    [Fact]
    public void A_function_that_does_not_wait_allocates_nothing()
    {
        _machine.Globals["now"] = LuaFunction.CreateAsync("now", call => new ValueTask<int>(call.Return(call.CheckNumber(1))));
        var function = _machine.Load("local n = ... local s = 0 for i = 1, 1000 do s = s + now(n) end return s");
        LuaValue[] arguments = [1.0];
        for (var round = 0; round < 3; round++) Assert.Equal(1000, Once());

        var before = GC.GetAllocatedBytesForCurrentThread();
        Once();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);

        double Once()
        {
            var call = _machine.CallAsync(function, arguments, CancellationToken.None);
            return call.IsCompletedSuccessfully ? call.Result[0].AsNumber : double.NaN;
        }
    }
}
