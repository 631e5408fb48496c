using System.Text;
using Nakama.Lua;

namespace Nakama.Benchmarks;

/// <summary>Creates interpreters without a server, and loads programs for them.</summary>
internal static class LuaBed
{
    private const string Extension = ".lua";

    public static LuaMachine Machine() =>
        new(new LuaHost(TimeProvider.System), new LuaLimits { CallDepth = 200, StackSlots = 100_000, InstructionCount = long.MaxValue / 2 });

    public static LuaFunction Load(LuaMachine machine, string source) => machine.Load(LuaPrototype.Compile(Encoding.UTF8.GetBytes(source), "benchmark"));

    /// <summary>The names of the programs.</summary>
    public static IEnumerable<string> Programs() =>
        typeof(LuaBed).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => name[..^Extension.Length]).Order(StringComparer.Ordinal);

    public static string SourceOf(string program)
    {
        using var stream = typeof(LuaBed).Assembly.GetManifestResourceStream(program + Extension)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
