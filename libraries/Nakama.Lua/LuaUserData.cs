namespace Nakama.Lua;

/// <summary>An object of the host that scripts can hold and hand back, but not look into.</summary>
public sealed class LuaUserData(object? value) : LuaObject
{
    public object? Value { get; } = value;

    public LuaTable? Metatable { get; set; }

    internal override LuaKind Kind => LuaKind.UserData;
}
