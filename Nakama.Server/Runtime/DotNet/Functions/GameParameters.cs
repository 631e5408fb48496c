using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text.Json;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <summary>Converts the values of games that have no fixed type: texts, numbers, flags, lists and dictionaries of them.</summary>
internal static class GameParameters
{
    private const int MaxDepth = 64;

    /// <exception cref="FunctionException">A value has another type, or the values are nested too deeply.</exception>
    public static ScriptValue Of(object? value) => Of(value, 0);

    /// <exception cref="ScriptValueException">A value has no JSON representation.</exception>
    public static byte[] ToJson(in ScriptValue value)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output)) Write(json, value);
        return output.WrittenSpan.ToArray();
    }

    private static ScriptValue Of(object? value, int depth)
    {
        if (depth > MaxDepth) throw new FunctionException("the parameters are nested too deeply");
        switch (value)
        {
            case null: return default;
            case string text: return ScriptValue.Of(text);
            case bool flag: return ScriptValue.Of(flag);
            case Guid id: return ScriptValue.Of(id.ToString());
            case byte or sbyte or short or ushort or int or uint or long: return ScriptValue.OfWhole(Convert.ToInt64(value, CultureInfo.InvariantCulture));
            case float or double or decimal: return ScriptValue.Of(Convert.ToDouble(value, CultureInfo.InvariantCulture));
            case IEnumerable<KeyValuePair<string, object?>> map:
                return ScriptValue.Of(new GameFields([.. map.Select(entry => (entry.Key, Of(entry.Value, depth + 1)))]));
            case IEnumerable<KeyValuePair<string, string>> map:
                return ScriptValue.Of(new GameFields([.. map.Select(static entry => (entry.Key, ScriptValue.Of(entry.Value)))]));
            case IEnumerable list:
                return ScriptValue.Of(new GameList([.. list.Cast<object?>().Select(item => Of(item, depth + 1))]));
            default: throw new FunctionException($"a parameter has the type {value.GetType()}, which cannot be passed");
        }
    }

    private static void Write(Utf8JsonWriter json, in ScriptValue value)
    {
        switch (value.Kind)
        {
            case ScriptValueKind.Null: json.WriteNullValue(); break;
            case ScriptValueKind.Flag: json.WriteBooleanValue(value.AsFlag()); break;
            case ScriptValueKind.Number when value.AsNumber() == value.AsWhole(): json.WriteNumberValue(value.AsWhole()); break;
            case ScriptValueKind.Number when double.IsFinite(value.AsNumber()): json.WriteNumberValue(value.AsNumber()); break;
            case ScriptValueKind.Text: json.WriteStringValue(value.AsText()); break;
            case ScriptValueKind.Table when value.AsTable() is GameJson text: json.WriteRawValue(text.ToJson()); break;
            case ScriptValueKind.Table when value.AsTable() is GameList list:
                json.WriteStartArray();
                for (var i = 0; i < list.Length; i++) Write(json, list[i]);
                json.WriteEndArray();
                break;
            case ScriptValueKind.Table:
                json.WriteStartObject();
                foreach (var (name, field) in value.AsTable().Entries())
                {
                    json.WritePropertyName(name!);
                    Write(json, field);
                }

                json.WriteEndObject();
                break;
            default: throw new ScriptValueException($"A value of the kind {value.Kind} has no JSON representation.");
        }
    }
}
