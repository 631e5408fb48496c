using BenchmarkDotNet.Attributes;
using Nakama.Lua;

namespace Nakama.Benchmarks;

/// <summary>Calls between C# and Lua, and inside Lua.</summary>
[MemoryDiagnoser]
public class LuaCallBenchmarks
{
    private const int Calls = 100_000;

    private LuaMachine? _machine;
    private LuaFunction? _empty;
    private LuaFunction? _native;
    private LuaFunction? _waiting;
    private LuaFunction? _protected;
    private LuaFunction? _failing;

    [GlobalSetup]
    public void Prepare()
    {
        _machine = LuaBed.Machine();
        _machine.Globals["native"] = LuaFunction.Create("native", static call => call.Return(call.CheckNumber(1) + call.CheckNumber(2)));
        _machine.Globals["waiting"] = LuaFunction.CreateAsync("waiting", static call => new ValueTask<int>(call.Return(call.CheckNumber(1))));
        _empty = LuaBed.Load(_machine, "return 1");
        _native = Loop("native(i, 2)");
        _waiting = Loop("waiting(i)");
        _protected = Loop("pcall(f)");
        _failing = Loop("pcall(error, 'x')");
    }

    /// <summary>C# calls a function of a script.</summary>
    [Benchmark]
    public int CallScript() => Run(_empty);

    /// <summary>A script calls a function of C#.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public int CallHost() => Run(_native);

    /// <summary>The same for a function that may wait, but does not.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public int CallWaitingHost() => Run(_waiting);

    /// <summary><c>pcall</c> of an empty function.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public int ProtectedCall() => Run(_protected);

    /// <summary>An error raised and caught.</summary>
    [Benchmark(OperationsPerInvoke = Calls)]
    public int CaughtError() => Run(_failing);

    private LuaFunction Loop(string body) => LuaBed.Load(_machine!, $"local f = function() end for i = 1, {Calls} do {body} end");

    private int Run(LuaFunction? function) => _machine!.Call(function!, [], CancellationToken.None).Count;
}
