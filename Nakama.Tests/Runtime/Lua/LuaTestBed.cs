using System.Text;
using Nakama.Lua;
using Nakama.Tests.House;

namespace Nakama.Tests.Runtime.Lua;

/// <summary>Runs pieces of Lua the way a host does.</summary>
internal static class LuaTestBed
{
    public const string Folder = "Nakama.Tests/Runtime/Lua";

    /// <summary>Where the recorded snippets are, and the module that runs them.</summary>
    public const string Snippets = "Nakama.Tests/Runtime/Snippets";

    public static LuaMachine Machine(LuaLimits? limits = null) => new(new LuaHost(TimeProvider.System), limits ?? new LuaLimits());

    public static LuaFunction Load(this LuaMachine machine, string source, string name = "test") =>
        machine.Load(LuaPrototype.Compile(Encoding.UTF8.GetBytes(source), name));

    public static LuaValue[] Run(this LuaMachine machine, string source) =>
        machine.Call(machine.Load(source), [], CancellationToken.None).ToArray();

    /// <summary>The first result as text.</summary>
    public static string Text(this LuaMachine machine, string source) => machine.Run(source).FirstOrDefault().ToString();

    public static LuaException Fails(this LuaMachine machine, string source) => Assert.Throws<LuaException>(() => machine.Run(source));

    /// <summary>An interpreter whose <c>nakama</c> has every function that a module asks for; all do nothing.</summary>
    public static LuaMachine MachineForModules()
    {
        var machine = Machine();
        var nothing = LuaFunction.Create("nothing", static _ => 0);
        machine.Loaded["nakama"] = new LuaTable
        {
            Metatable = new LuaTable { ["__index"] = LuaFunction.Create("find", call => call.Return(nothing)) },
        };
        return machine;
    }

    /// <summary>The modules that the recorded conversations were held with.</summary>
    public static string[] Modules() =>
        [.. Directory.GetFiles(Path.Combine(SourceTree.Root, "Nakama.Tests", "Golden", "Modules"), "*.lua").Order(StringComparer.Ordinal)];
}
