using Nakama.Lua;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Lua;

/// <summary>Converts values between Lua and the server.</summary>
internal static class LuaConversion
{
    public static ScriptValue ToHost(in LuaValue value) => value.Kind switch
    {
        LuaKind.Nil => default,
        LuaKind.Boolean => ScriptValue.Of(value.IsTruthy),
        LuaKind.Number => ScriptValue.Of(value.AsNumber),
        LuaKind.String => ScriptValue.TextOf(value.AsString!.Bytes),
        LuaKind.Table => ScriptValue.Of(new LuaTableView(value.AsTable!)),
        _ => ScriptValue.Foreign(value),
    };

    /// <exception cref="ScriptValueException">JSON text of the server is invalid.</exception>
    public static LuaValue ToLua(in ScriptValue value)
    {
        switch (value.Kind)
        {
            case ScriptValueKind.Flag: return value.AsFlag();
            case ScriptValueKind.Number: return value.AsNumber();
            case ScriptValueKind.Text or ScriptValueKind.Bytes: return LuaString.Over(value.AsBytes());
            case ScriptValueKind.Id: return value.AsId().ToString();
            case ScriptValueKind.Json: return FromJson(value.AsText());
            case ScriptValueKind.List: return ToTable(value.AsList());
            case ScriptValueKind.Record: return ToTable(value.AsRecord());
            case ScriptValueKind.Map: return ToTable(value.AsMap());
            case ScriptValueKind.Message: return LuaMessages.ToLua(value.AsMessage());
            case ScriptValueKind.Foreign: return (LuaValue)value.AsForeign();
            default: return default;
        }
    }

    /// <exception cref="ScriptValueException">The text is not JSON.</exception>
    public static LuaValue FromJson(string text) => LuaJsonReader.Read(System.Text.Encoding.UTF8.GetBytes(text));

    /// <exception cref="ScriptValueException">A value has no JSON representation.</exception>
    public static string ToJson(in LuaValue value) => System.Text.Encoding.UTF8.GetString(LuaJsonWriter.Write(value));

    private static LuaTable ToTable(List<ScriptValue> items)
    {
        var table = new LuaTable(items.Count, 0);
        for (var i = 0; i < items.Count; i++) table.SetInteger(i + 1, ToLua(items[i]));
        return table;
    }

    private static LuaTable ToTable(ScriptRecord record)
    {
        var table = new LuaTable(0, record.Fields.Count);
        foreach (var (name, value) in record.Fields) table.SetString(record.HasForeignNames ? LuaString.From(name) : LuaKeys.Of(name), ToLua(value));
        return table;
    }

    public static LuaTable ToTable(IReadOnlyDictionary<string, string> map)
    {
        var table = new LuaTable(0, map.Count);
        foreach (var (name, value) in map) table.SetString(LuaString.From(name), value);
        return table;
    }
}
