using System.Diagnostics;
using Nakama.Server.Runtime.Lua;
using Nakama.Tests.House;
using Xunit.Abstractions;

namespace Nakama.Tests.Runtime.Lua;

/// <summary>
/// How fast the interpreter is, beside Lua 5.1. Nothing is asserted, and nothing runs unless it is asked for:
/// <c>LUA_BENCHMARKS=1 dotnet test Nakama.Tests -c Release --filter FullyQualifiedName~LuaBenchmarks --logger "console;verbosity=detailed"</c>.
/// </summary>
public sealed class LuaBenchmarks(ITestOutputHelper output)
{
    private static readonly LuaLimits Plenty = new() { CallDepth = 200, StackSlots = 100_000, InstructionCount = long.MaxValue / 2 };

    [Fact]
    public void Programs_beside_lua()
    {
        if (Environment.GetEnvironmentVariable("LUA_BENCHMARKS") != "1") return;
        WarmUp();
        output.WriteLine("| Program | lua5.1, ms | Ours, ms | Allocated, MiB |");
        foreach (var file in Directory.GetFiles(Path.Combine(SourceTree.Root, LuaTestBed.Folder, "Benchmarks"), "*.lua").Order())
        {
            var machine = LuaTestBed.Machine(Plenty);
            var function = machine.Load(File.ReadAllText(file));
            var (time, bytes) = Measure(() => machine.Call(function, [], CancellationToken.None));
            output.WriteLine($"| {Path.GetFileNameWithoutExtension(file)} | {PlainLua.Measure(file).TotalMilliseconds:0} | {time.TotalMilliseconds:0} | {bytes >> 20} |");
        }
    }

    [Fact]
    public void Crossing_the_border()
    {
        if (Environment.GetEnvironmentVariable("LUA_BENCHMARKS") != "1") return;
        WarmUp();
        var machine = LuaTestBed.Machine(Plenty);
        machine.Globals["native"] = LuaFunction.Create("native", call => call.Return(call.CheckNumber(1) + call.CheckNumber(2)));
        machine.Globals["asynchronous"] = LuaFunction.CreateAsync("asynchronous", call => new ValueTask<int>(call.Return(call.CheckNumber(1))));
        Report("a call of a C# function", 10_000_000, machine.Load("for i = 1, 10000000 do native(i, 2) end"));
        Report("the same that may wait", 10_000_000, machine.Load("for i = 1, 10000000 do asynchronous(i) end"));
        Report("a protected call", 5_000_000, machine.Load("local f = function() end for i = 1, 5000000 do pcall(f) end"));
        Report("an error raised and caught", 100_000, machine.Load("for i = 1, 100000 do pcall(error, 'x') end"));
        var empty = machine.Load("return 1");
        ReportHost("a call of a script function from C#", 3_000_000, () => machine.Call(empty, [], CancellationToken.None));

        void Report(string what, int count, LuaFunction function)
        {
            var (time, bytes) = Measure(() => machine.Call(function, [], CancellationToken.None));
            output.WriteLine($"| {what} | {time.TotalNanoseconds / count:0} ns | {bytes / (double)count:0} bytes |");
        }

        void ReportHost(string what, int count, Action once)
        {
            var (time, bytes) = Measure(() =>
            {
                for (var index = 0; index < count; index++) once();
            });
            output.WriteLine($"| {what} | {time.TotalNanoseconds / count:0} ns | {bytes / (double)count:0} bytes |");
        }
    }

    /// <summary>Lets the compiler finish with the interpreter's loop.</summary>
    private static void WarmUp()
    {
        var machine = LuaTestBed.Machine(Plenty);
        var function = machine.Load("local s, t = 0, {} for i = 1, 3000 do s = s + i % 3 t[i] = i t.x = s local u = {a = i} s = s + u.a end for k in pairs(t) do s = s + 1 end");
        var (start, elapsed) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        while (elapsed < TimeSpan.FromSeconds(2))
        {
            machine.Call(function, [], CancellationToken.None);
            elapsed = Stopwatch.GetElapsedTime(start);
        }
    }

    private static (TimeSpan Time, long Bytes) Measure(Action action)
    {
        var process = Process.GetCurrentProcess();
        var (time, bytes) = (process.UserProcessorTime, GC.GetAllocatedBytesForCurrentThread());
        action();
        process.Refresh();
        return (process.UserProcessorTime - time, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }
}
