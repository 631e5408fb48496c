using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Nakama.Lua;

namespace Nakama.Benchmarks;

/// <summary>Small programs in the interpreter, and for comparison in the system's <c>lua5.1</c>.</summary>
[MemoryDiagnoser]
public class LuaProgramBenchmarks
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"nakama-benchmark-{Guid.NewGuid():N}.lua");
    private LuaMachine? _machine;
    private LuaFunction? _function;

    [ParamsSource(nameof(Programs))]
    public string Program { get; set; } = "";

    public static IEnumerable<string> Programs => LuaBed.Programs();

    [GlobalSetup]
    public void Prepare()
    {
        var source = LuaBed.SourceOf(Program);
        File.WriteAllText(_file, source);
        _machine = LuaBed.Machine();
        _function = LuaBed.Load(_machine, source);
    }

    [GlobalCleanup]
    public void End() => File.Delete(_file);

    /// <summary>Includes the start of the process, a few milliseconds.</summary>
    [Benchmark(Baseline = true)]
    public void PlainLua()
    {
        using var process = Process.Start("lua5.1", _file);
        process.WaitForExit();
    }

    [Benchmark]
    public int Ours() => _machine!.Call(_function!, [], CancellationToken.None).Count;
}
