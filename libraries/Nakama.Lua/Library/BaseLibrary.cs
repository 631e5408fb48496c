using Nakama.Lua.Running;

namespace Nakama.Lua.Library;

/// <summary>The functions that are global.</summary>
internal static partial class BaseLibrary
{
    private static readonly LuaNativeFunction PairsNext = new("next", LuaSpecial.Next, Next);
    private static readonly LuaNativeFunction IpairsNext = new("ipairs_next", LuaSpecial.NextIndex, NextIndex);

    public static LuaTable Create()
    {
        var globals = new LuaTable(0, 48);
        globals["_VERSION"] = "Lua 5.1";
        globals["_GOPHER_LUA_VERSION"] = "GopherLua 0.1";
        globals.Set("assert", Assert);
        globals.Set("collectgarbage", static _ => 0);
        globals.Set("error", RaiseError);
        globals.Set("getfenv", GetEnvironment);
        globals.Set("setfenv", SetEnvironment);
        globals.Set("getmetatable", GetMetatable);
        globals.Set("setmetatable", SetMetatable);
        globals.Set("next", LuaSpecial.Next, Next);
        globals.Set("pairs", static call => call.Return(PairsNext, call.CheckTable(1), default));
        globals.Set("ipairs", static call => call.Return(IpairsNext, call.CheckTable(1), 0));
        globals.Set("pcall", LuaSpecial.ProtectedCall);
        globals.Set("xpcall", LuaSpecial.ProtectedCallWithHandler);
        globals.Set("print", Print);
        globals.Set("_printregs", static _ => 0);
        globals.Set("rawequal", static call => call.Return(call.CheckAny(1) == call.CheckAny(2)));
        globals.Set("rawget", static call => call.Return(call.CheckTable(1).Get(call.CheckAny(2))));
        globals.Set("rawset", RawSet);
        globals.Set("select", Select);
        globals.Set("tonumber", ToNumber);
        globals.Set("tostring", static call => call.Return(call.ToText(call.CheckAny(1))));
        globals.Set("type", static call => call.Return(LuaText.StringOf(call.CheckAny(1).Kind)));
        globals.Set("unpack", Unpack);
        globals.Set("newproxy", NewProxy);
        OpenLoading(globals);
        return globals;
    }

    private static int Assert(LuaCall call)
    {
        if (!call[1].IsTruthy)
        {
            throw call.Error(call.OptionalString(2, null) is { } message ? message.ToString() : "assertion failed!");
        }
        for (var number = 1; number <= call.Count; number++) call.Push(call[number]);
        return call.Count;
    }

    private static int RaiseError(LuaCall call)
    {
        var value = call.CheckAny(1);
        var level = call.OptionalInteger(2, 1);
        if (value.AsString is not { } text || level <= 0) throw new LuaException(value);
        // The raising function is a level of its own, so levels one and two have the same position.
        var position = LuaMachine.Position(call.Thread, (int)Math.Clamp(level - 1, 1, int.MaxValue));
        throw new LuaException(LuaString.From([.. LuaString.From(position).Span, .. text.Span]));
    }

    private static int GetMetatable(LuaCall call)
    {
        var metatable = call.Machine.MetatableOf(call.CheckAny(1));
        if (metatable is null) return call.Return(default);
        var hidden = metatable.GetMeta(LuaMeta.Metatable);
        return call.Return(hidden.IsNil ? metatable : hidden);
    }

    private static int SetMetatable(LuaCall call)
    {
        var value = call[1];
        if (call[2] is { IsNil: false, IsTable: false }) throw call.TypeError(2, "nil or table");
        if (value.IsNil) throw call.Error("cannot set metatable to a nil object.");
        if (call.Machine.MetatableOf(value)?.GetMeta(LuaMeta.Metatable) is { IsNil: false }) throw call.Error("cannot change a protected metatable");
        call.Machine.SetMetatable(value, call[2].AsTable);
        return call.Return(value);
    }

    private static int Next(LuaCall call)
    {
        var table = call.CheckTable(1);
        return table.TryFind(call[2], out var cursor) && table.TryNext(ref cursor, out var key, out var value)
            ? call.Return(key, value)
            : call.Return(default);
    }

    private static int NextIndex(LuaCall call)
    {
        var table = call.CheckTable(1);
        var index = call.CheckInteger(2) + 1;
        var value = table.GetInteger(index);
        return value.IsNil ? call.Return(default) : call.Return(index, value);
    }

    private static int Print(LuaCall call)
    {
        var parts = new string[call.Count];
        for (var number = 1; number <= call.Count; number++) parts[number - 1] = call.ToText(call[number]).ToString();
        call.Machine.Host.Print(string.Join('\t', parts));
        return 0;
    }

    private static int RawSet(LuaCall call)
    {
        LuaMachine.SetRaw(call.Thread, call.CheckTable(1), call.CheckAny(2), call.CheckAny(3));
        return 0;
    }

    private static int Select(LuaCall call)
    {
        var which = call[1];
        if (which.AsString is { } text)
        {
            return text.Equals(LuaString.Single((byte)'#')) ? call.Return(call.Count - 1) : throw call.ArgumentError(1, $"invalid string '{text}'");
        }
        if (!which.IsNumber) throw call.TypeError(1, "number or string");
        var position = which.AsInteger;
        if (position < 0) position = call.Count + position;
        else if (position > call.Count) position = call.Count;
        if (position <= 0) throw call.ArgumentError(1, "index out of range");
        for (var number = (int)position + 1; number <= call.Count; number++) call.Push(call[number]);
        return call.Count - (int)position;
    }

    private static int ToNumber(LuaCall call)
    {
        var value = call.CheckAny(1);
        var numberBase = call.OptionalInteger(2, 10);
        if (value.IsNumber) return call.Return(value);
        return value.AsString is { } text && LuaNumber.TryToNumber(text.Span, (int)Math.Clamp(numberBase, -1, 99), out var number)
            ? call.Return(number)
            : call.Return(default);
    }

    private static int Unpack(LuaCall call)
    {
        var table = call.CheckTable(1);
        var first = call.OptionalInteger(2, 1);
        var last = call.OptionalInteger(3, table.Length);
        if (first > last) return 0;
        if (last - (double)first >= call.Machine.Limits.StackSlots) throw call.Error("registry overflow");
        for (var index = first; index <= last; index++) call.Push(table.GetInteger(index));
        return (int)(last - first) + 1;
    }

    private static int NewProxy(LuaCall call) =>
        call.Return(new LuaUserData(null) { Metatable = call[1] is { IsBoolean: true, IsTruthy: true } ? new LuaTable() : null });
}
