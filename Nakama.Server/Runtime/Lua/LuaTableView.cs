using Nakama.Lua;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Lua;

/// <summary>A Lua table in the form that server functions read.</summary>
internal sealed class LuaTableView(LuaTable table) : IScriptTable
{
    public int Length => table.Length;

    public bool IsEmpty
    {
        get
        {
            var cursor = 0;
            return !table.TryNext(ref cursor, out _, out _);
        }
    }

    public ScriptValue this[int index] => LuaConversion.ToHost(table.GetInteger(index + 1));

    public ScriptValue Field(string name) => LuaConversion.ToHost(table.GetString(LuaKeys.Of(name)));

    public IEnumerable<(string? Name, ScriptValue Value)> Entries()
    {
        var cursor = 0;
        while (table.TryNext(ref cursor, out var key, out var value)) yield return (key.AsString?.ToString(), LuaConversion.ToHost(value));
    }

    public byte[] ToJson() => LuaJsonWriter.Write(table);

    public string ToJsonObject() => table.Length > 0 ? "null" : LuaConversion.ToJson(table);
}
