namespace Nakama.Lua.Library;

internal static partial class TableLibrary
{
    public static LuaTable Create()
    {
        var library = new LuaTable(0, 8);
        library.Set("concat", Concat);
        library.Set("getn", static call => call.Return(call.CheckTable(1).Length));
        library.Set("insert", Insert);
        library.Set("maxn", static call => call.Return(call.CheckTable(1).Length));
        library.Set("remove", Remove);
        library.Set("sort", Sort);
        return library;
    }

    private static int Concat(LuaCall call)
    {
        var table = call.CheckTable(1);
        var separator = call.Count < 2 ? LuaString.Empty : call[2].AsString ?? throw call.TypeError(2, LuaKind.String);
        var first = call.OptionalInteger(3, 1);
        var last = Math.Min(call.OptionalInteger(4, table.Length), table.Length);
        // Positions before the first element are empty, like those after the last.
        if (first == 0) return call.Return(LuaString.Empty);
        first = Math.Max(first, 1);
        if (first > last) return call.Return(LuaString.Empty);
        call.Charge(last - first);
        long total = separator.Length * (last - first);
        for (var index = first; index <= last; index++)
        {
            var value = table.GetInteger(index);
            if (value.AsString is { } text) total += text.Length;
            else if (value.IsNumber) total += LuaNumber.Format(value.Double).Length;
            else throw call.Error($"invalid value ({LuaText.NameOf(value.Kind)}) at index {index} in table for concat");
            if (total > call.Machine.Limits.StringBytes) break;
        }
        call.Machine.CheckStringLength(call.Thread, total);
        var bytes = new byte[total];
        var at = 0;
        for (var index = first; index <= last; index++)
        {
            if (index > first)
            {
                separator.Span.CopyTo(bytes.AsSpan(at));
                at += separator.Length;
            }
            var value = table.GetInteger(index);
            if (value.AsString is { } text)
            {
                text.Span.CopyTo(bytes.AsSpan(at));
                at += text.Length;
            }
            else
            {
                at += LuaNumber.Format(value.Double, bytes.AsSpan(at));
            }
        }
        return call.Return(LuaString.Over(bytes));
    }

    private static int Insert(LuaCall call)
    {
        var table = call.CheckTable(1);
        if (call.Count == 1) throw call.Error("wrong number of arguments");
        if (call.Count == 2)
        {
            if (!call[2].IsNil) table.Add(call[2]);
            return 0;
        }
        RefuseReadOnly(call, table);
        var position = call.CheckInt32(2);
        call.Charge((table.Length - position) >> 4);
        table.InsertAt(position, call[3]);
        return 0;
    }

    private static int Remove(LuaCall call)
    {
        var table = call.CheckTable(1);
        RefuseReadOnly(call, table);
        var length = table.Length;
        var position = call.Count < 2 ? length : call.CheckInt32(2);
        if (position is 0 or -1) position = length;
        if (position < 1 || position > length) return call.Return(default);
        call.Charge((length - position) >> 4);
        return call.Return(table.RemoveAt(position));
    }

    private static void RefuseReadOnly(LuaCall call, LuaTable table)
    {
        if (table.IsReadOnly) throw call.Error("attempt to modify read only table");
    }
}
