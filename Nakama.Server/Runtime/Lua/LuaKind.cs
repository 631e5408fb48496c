namespace Nakama.Server.Runtime.Lua;

/// <summary>What a <see cref="LuaValue"/> is.</summary>
public enum LuaKind : byte
{
    Nil,
    Boolean,
    Number,
    String,
    Table,
    Function,
    UserData,
    Thread,
}
