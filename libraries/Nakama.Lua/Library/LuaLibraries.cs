using Nakama.Lua.Running;

namespace Nakama.Lua.Library;

/// <summary>Fills the globals of a new interpreter.</summary>
internal static class LuaLibraries
{
    // Native functions are stateless, so all interpreters share them; each interpreter has its own library tables.
    private static readonly LuaTable Globals = BaseLibrary.Create();

    private static readonly KeyValuePair<LuaString, LuaTable>[] Libraries =
    [
        new(LuaString.From("table"), TableLibrary.Create()),
        new(LuaString.From("math"), MathLibrary.Create()),
        new(LuaString.From("os"), OsLibrary.Create()),
        new(LuaString.From("bit32"), Bit32Library.Create()),
        new(LuaString.From("coroutine"), CoroutineLibrary.Create()),
    ];

    private static readonly LuaString StringName = LuaString.From("string");
    private static readonly LuaString PackageName = LuaString.From("package");
    private static readonly LuaString GlobalsName = LuaString.From("_G");
    private static readonly LuaTable StringFunctions = StringLibrary.Create();

    /// <summary>Creates globals without libraries.</summary>
    public static LuaTable NewGlobals() => new(Globals);

    public static void Open(LuaMachine machine)
    {
        Add(machine, GlobalsName, machine.Globals);
        var strings = new LuaTable(StringFunctions);
        strings.SetString(LuaMetaNames.Of(LuaMeta.Index), strings);
        machine.SetMetatable(new LuaValue(LuaString.Empty), strings);
        Add(machine, StringName, strings);
        foreach (var (name, library) in Libraries) Add(machine, name, new LuaTable(library));
        Add(machine, PackageName, PackageLibrary.Create(machine));
    }

    public static void Set(this LuaTable table, string name, LuaNative body) => table[name] = new LuaNativeFunction(name, body);

    public static void Set(this LuaTable table, string name, LuaSpecial special, LuaNative? body = null) =>
        table[name] = new LuaNativeFunction(name, special, body);

    private static void Add(LuaMachine machine, LuaString name, LuaTable library)
    {
        machine.Globals.SetString(name, library);
        machine.Loaded.SetString(name, library);
    }
}
