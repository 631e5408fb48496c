using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Nakama.Tests.Golden;

/// <summary>
/// JSON as plain values: null, bool, decimal (whole numbers), double, string, <see cref="List{T}"/> and ordered
/// dictionaries. The last of several equal keys wins, and text is written with all non-ASCII characters escaped.
/// </summary>
internal static class Json
{
    public static object? Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Value(document.RootElement);
    }

    public static bool TryParse(string text, out object? value)
    {
        try
        {
            value = Parse(text);
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }

    public static string Write(object? value, bool sortKeys = false)
    {
        var text = new StringBuilder();
        Write(text, value, sortKeys);
        return text.ToString();
    }

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Members(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => Number(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static OrderedDictionary<string, object?> Members(JsonElement element)
    {
        var members = new OrderedDictionary<string, object?>();
        foreach (var member in element.EnumerateObject()) members[member.Name] = Value(member.Value);
        return members;
    }

    private static object Number(JsonElement element) =>
        element.GetRawText().AsSpan().IndexOfAny(".eE") < 0 && element.TryGetDecimal(out var whole) ? whole : element.GetDouble();

    private static void Write(StringBuilder text, object? value, bool sortKeys)
    {
        switch (value)
        {
            case null: text.Append("null"); break;
            case bool flag: text.Append(flag ? "true" : "false"); break;
            case string s: WriteString(text, s); break;
            case decimal or int: text.Append(CultureInfo.InvariantCulture, $"{value}"); break;
            case double d: text.Append(d.ToString("R", CultureInfo.InvariantCulture)); break;
            case List<object?> items: WriteItems(text, items, sortKeys); break;
            case OrderedDictionary<string, object?> members: WriteMembers(text, members, sortKeys); break;
            default: throw new InvalidOperationException($"Not a JSON value: {value}");
        }
    }

    private static void WriteItems(StringBuilder text, List<object?> items, bool sortKeys)
    {
        text.Append('[');
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0) text.Append(", ");
            Write(text, items[i], sortKeys);
        }

        text.Append(']');
    }

    private static void WriteMembers(StringBuilder text, OrderedDictionary<string, object?> members, bool sortKeys)
    {
        text.Append('{');
        var isFirst = true;
        foreach (var (key, value) in sortKeys ? members.OrderBy(member => member.Key, StringComparer.Ordinal) : members.AsEnumerable())
        {
            if (!isFirst) text.Append(", ");
            isFirst = false;
            WriteString(text, key);
            text.Append(": ");
            Write(text, value, sortKeys);
        }

        text.Append('}');
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' or > '\u007f' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
