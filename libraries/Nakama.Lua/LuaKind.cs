using System.Diagnostics.CodeAnalysis;

namespace Nakama.Lua;

/// <summary>The type of a <see cref="LuaValue"/>.</summary>
public enum LuaKind : byte
{
    Nil,
    Boolean,
    Number,
    [SuppressMessage("Naming", "CA1720", Justification = "The word of the language.")]
    String,
    Table,
    Function,
    UserData,
    Thread,
}
