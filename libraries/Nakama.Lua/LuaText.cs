using System.Runtime.CompilerServices;

namespace Nakama.Lua;

/// <summary>Converts values to text.</summary>
internal static class LuaText
{
    public static readonly LuaString Nil = LuaString.From("nil");
    public static readonly LuaString True = LuaString.From("true");
    public static readonly LuaString False = LuaString.From("false");

    private static readonly string[] KindNames = ["nil", "boolean", "number", "string", "table", "function", "userdata", "thread"];
    private static readonly LuaString[] KindStrings = [.. KindNames.Select(LuaString.From)];

    public static string NameOf(LuaKind kind) => KindNames[(int)kind];

    public static LuaString StringOf(LuaKind kind) => KindStrings[(int)kind];

    /// <summary>As <c>tostring</c> without metatables.</summary>
    public static LuaString Of(in LuaValue value) => value.Kind switch
    {
        LuaKind.Nil => Nil,
        LuaKind.Boolean => value.IsTruthy ? True : False,
        LuaKind.Number => LuaNumber.Format(value.Double),
        LuaKind.String => Unsafe.As<LuaString>(value.Reference!),
        var kind => LuaString.From($"{NameOf(kind)}: 0x{RuntimeHelpers.GetHashCode(value.Reference):x10}"),
    };
}
