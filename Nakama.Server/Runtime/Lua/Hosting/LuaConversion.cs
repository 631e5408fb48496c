using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Lua.Hosting;

/// <summary>Values on their way between Lua and the server.</summary>
internal static class LuaConversion
{
    public static HostValue ToHost(in LuaValue value) => value.Kind switch
    {
        LuaKind.Nil => default,
        LuaKind.Boolean => HostValue.Of(value.IsTruthy),
        LuaKind.Number => HostValue.Of(value.AsNumber),
        LuaKind.String => HostValue.TextOf(value.AsString!.Bytes),
        LuaKind.Table => HostValue.Of(new LuaTableView(value.AsTable!)),
        _ => HostValue.Foreign(value),
    };

    /// <exception cref="HostValueException">JSON text of the server is broken.</exception>
    public static LuaValue ToLua(in HostValue value)
    {
        switch (value.Kind)
        {
            case HostKind.Flag: return value.AsFlag();
            case HostKind.Number: return value.AsNumber();
            case HostKind.Text or HostKind.Bytes: return LuaString.Over(value.AsBytes());
            case HostKind.Id: return value.AsId().ToString();
            case HostKind.Json: return FromJson(value.AsText());
            case HostKind.List: return ToTable(value.AsList());
            case HostKind.Record: return ToTable(value.AsRecord());
            case HostKind.Map: return ToTable(value.AsMap());
            case HostKind.Message: return LuaMessages.ToLua(value.AsMessage());
            case HostKind.Foreign: return (LuaValue)value.AsForeign();
            default: return default;
        }
    }

    /// <exception cref="HostValueException">The text is not JSON.</exception>
    public static LuaValue FromJson(string text) => LuaJsonReader.Read(System.Text.Encoding.UTF8.GetBytes(text));

    /// <exception cref="HostValueException">A value has no JSON form.</exception>
    public static string ToJson(in LuaValue value) => System.Text.Encoding.UTF8.GetString(LuaJsonWriter.Write(value));

    private static LuaTable ToTable(List<HostValue> items)
    {
        var table = new LuaTable(items.Count, 0);
        for (var i = 0; i < items.Count; i++) table.SetInteger(i + 1, ToLua(items[i]));
        return table;
    }

    private static LuaTable ToTable(HostRecord record)
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
