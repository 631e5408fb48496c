using System.Text;
using System.Text.Unicode;
using Nakama.Server.Matches;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Copies the parameters of a new match to values of the server, which any language's handler can get.</summary>
internal static class MatchParameters
{
    private const int MaxDepth = 64;
    private const int MaxValues = 1_000_000;

    /// <exception cref="MatchException">A value cannot be passed to a match, or they are too many.</exception>
    public static Dictionary<string, object?> Of(IScriptTable table)
    {
        var count = 0;
        return MapOf(table, 1, ref count);
    }

    private static MatchException NotEncodable => MatchException.Creating("cannot encode params");

    private static object? Of(in ScriptValue value, int depth, ref int count)
    {
        if (depth > MaxDepth || ++count > MaxValues) throw NotEncodable;
        switch (value.Kind)
        {
            case ScriptValueKind.Null: return null;
            case ScriptValueKind.Flag: return value.AsFlag();
            case ScriptValueKind.Number:
                var number = value.AsNumber();
                if (IsWhole(number)) return (long)number;
                return number;
            case ScriptValueKind.Text or ScriptValueKind.Bytes:
                var bytes = value.AsBytes();
                return value.Kind == ScriptValueKind.Text && Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : bytes.ToArray();
            case ScriptValueKind.Table when !value.AsTable().IsPlain: throw NotEncodable;
            case ScriptValueKind.Table: return value.AsTable() is { Length: > 0 } list ? ListOf(list, depth, ref count) : MapOf(value.AsTable(), depth, ref count);
            default: throw NotEncodable;
        }
    }

    private static Dictionary<string, object?> MapOf(IScriptTable table, int depth, ref int count)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in table.Entries()) map[name ?? throw NotEncodable] = Of(value, depth + 1, ref count);
        return map;
    }

    private static List<object?> ListOf(IScriptTable table, int depth, ref int count)
    {
        if (table.Length > MaxValues) throw NotEncodable;
        var list = new List<object?>(table.Length);
        for (var i = 0; i < table.Length; i++) list.Add(Of(table[i], depth + 1, ref count));
        return list;
    }

    private static bool IsWhole(double number) => Math.Floor(number) == number && Math.Abs(number) < 1L << 62;
}
