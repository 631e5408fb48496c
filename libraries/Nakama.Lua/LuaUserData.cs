namespace Nakama.Lua;

/// <summary>An object of the host that is opaque to scripts: they can store it and pass it back.</summary>
public sealed class LuaUserData(object? value) : LuaObject
{
    public object? Value { get; } = value;

    public LuaTable? Metatable { get; set; }

    internal override LuaKind Kind => LuaKind.UserData;
}
