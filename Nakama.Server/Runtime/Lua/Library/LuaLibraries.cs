using Nakama.Server.Runtime.Lua.Running;

namespace Nakama.Server.Runtime.Lua.Library;

/// <summary>Fills the globals of a new interpreter.</summary>
internal static class LuaLibraries
{
    public static void Open(LuaMachine machine)
    {
        BaseLibrary.Open(machine);
        Add(machine, "string", StringLibrary.Create(machine));
        Add(machine, "table", TableLibrary.Create());
        Add(machine, "math", MathLibrary.Create());
        Add(machine, "os", OsLibrary.Create());
        Add(machine, "bit32", Bit32Library.Create());
        Add(machine, "coroutine", CoroutineLibrary.Create());
        Add(machine, "package", PackageLibrary.Create(machine));
    }

    public static void Set(this LuaTable table, string name, LuaNative body) => table[name] = new LuaNativeFunction(name, body);

    public static void Set(this LuaTable table, string name, LuaSpecial special, LuaNative? body = null) =>
        table[name] = new LuaNativeFunction(name, special, body);

    private static void Add(LuaMachine machine, string name, LuaTable library)
    {
        machine.Globals[name] = library;
        machine.Loaded[name] = library;
    }
}
