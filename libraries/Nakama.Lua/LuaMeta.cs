namespace Nakama.Lua;

/// <summary>The metamethods that the interpreter uses. At most 32, for the bit mask of <see cref="LuaTable.GetMeta"/>.</summary>
internal enum LuaMeta
{
    Index,
    NewIndex,
    Call,
    Add,
    Sub,
    Mul,
    Div,
    Mod,
    Pow,
    Unm,
    Len,
    Concat,
    Eq,
    Lt,
    Le,
    ToString,
    Metatable,
}

internal static class LuaMetaNames
{
    private static readonly LuaString[] Names =
        [.. Enum.GetNames<LuaMeta>().Select(name => LuaString.From("__" + name.ToLowerInvariant()))];

    public static LuaString Of(LuaMeta meta) => Names[(int)meta];

    /// <summary>The name of the operation in error messages: <c>add</c>, <c>concat</c>.</summary>
    public static string Operation(LuaMeta meta) => Names[(int)meta].ToString()[2..];
}
