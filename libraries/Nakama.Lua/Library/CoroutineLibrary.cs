using Nakama.Lua.Running;

namespace Nakama.Lua.Library;

/// <summary>Coroutines with the functions of Lua 5.1; the reference server does not have them.</summary>
internal static class CoroutineLibrary
{
    private static readonly string[] StatusNames = ["suspended", "running", "normal", "dead"];

    public static LuaTable Create()
    {
        var library = new LuaTable(0, 8);
        library.Set("create", static call => call.Return(New(call)));
        library.Set("wrap", static call => call.Return(new LuaNativeFunction("wrap", LuaSpecial.Wrap, coroutine: New(call))));
        library.Set("resume", LuaSpecial.Resume);
        library.Set("yield", LuaSpecial.Yield);
        library.Set("status", static call => call.Return(StatusNames[(int)Check(call).Status]));
        library.Set("running", static call => call.Return(call.Thread.Parent is null ? default : new LuaValue(call.Thread)));
        return library;
    }

    private static LuaCoroutine New(LuaCall call)
    {
        var body = call.CheckFunction(1);
        return new LuaCoroutine(call.Machine, body);
    }

    private static LuaCoroutine Check(LuaCall call) => call[1].Reference as LuaCoroutine ?? throw call.TypeError(1, LuaKind.Thread);
}
