using System.Collections.Concurrent;
using Jint;
using Jint.Native;
using Jint.Native.Json;
using Jint.Native.Object;
using Jint.Runtime;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Converts values between JavaScript and the server.</summary>
internal static class JavaScriptConversion
{
    private static readonly ConcurrentDictionary<string, string> Spellings = new(StringComparer.Ordinal);

    /// <summary>The name of a field of the server in JavaScript.</summary>
    public static string Spelled(string name) => Spellings.GetOrAdd(name, static name => FunctionDescription.CamelCase(name));

    public static ScriptValue ToHost(JsValue value)
    {
        switch (value.Type)
        {
            case Types.Undefined or Types.Null: return default;
            case Types.Boolean: return ScriptValue.Of(value.AsBoolean());
            case Types.Number: return ScriptValue.Of(value.AsNumber());
            case Types.String: return ScriptValue.Of(value.ToString());
        }

        return value is ObjectInstance table && !table.IsCallable() && !table.IsArrayBuffer()
            ? ScriptValue.Of(new JavaScriptTableView(table))
            : ScriptValue.Foreign(value);
    }

    /// <exception cref="ScriptValueException">JSON text of the server is invalid.</exception>
    public static JsValue ToScript(Engine engine, in ScriptValue value)
    {
        switch (value.Kind)
        {
            case ScriptValueKind.Flag: return value.AsFlag() ? JsBoolean.True : JsBoolean.False;
            case ScriptValueKind.Number: return JsNumber.Create(value.AsNumber());
            case ScriptValueKind.Text: return JsString.Create(value.AsText());
            case ScriptValueKind.Bytes: return engine.Intrinsics.ArrayBuffer.Construct(value.AsBytes());
            case ScriptValueKind.Id: return JsString.Create(value.AsId().ToString());
            case ScriptValueKind.Json: return FromJson(engine, value.AsText());
            case ScriptValueKind.List: return ToArray(engine, value.AsList());
            case ScriptValueKind.Record: return ToObject(engine, value.AsRecord());
            case ScriptValueKind.Map: return ToObject(engine, value.AsMap());
            case ScriptValueKind.Message: return JavaScriptMessages.ToScript(engine, value.AsMessage());
            case ScriptValueKind.Table: return ((JavaScriptTableView)value.AsTable()).Object;
            case ScriptValueKind.Foreign: return (JsValue)value.AsForeign();
            case ScriptValueKind.Null: return value.AsNull() as JsValue ?? JsValue.Null;
            default: return JsValue.Null;
        }
    }

    public static JsValue FromJson(Engine engine, string text)
    {
        try
        {
            return new JsonParser(engine).Parse(text);
        }
        catch (JavaScriptException e)
        {
            throw new ScriptValueException(e.Message);
        }
    }

    public static JsObject ToObject(Engine engine, IReadOnlyDictionary<string, string> map)
    {
        var result = new JsObject(engine);
        foreach (var (name, value) in map) result.FastSetDataProperty(name, JsString.Create(value));
        return result;
    }

    /// <summary>The names of the own enumerable members of an object.</summary>
    public static List<string> KeysOf(ObjectInstance value)
    {
        var keys = new List<string>();
        foreach (var key in value.GetOwnPropertyKeys(Types.String))
        {
            if (value.GetOwnProperty(key).Enumerable) keys.Add(key.ToString());
        }

        return keys;
    }

    /// <summary>The printed form of any value; a symbol has only its description.</summary>
    public static string TextOf(JsValue value)
    {
        if (!value.IsSymbol()) return TypeConverter.ToString(value);
        var text = value.ToString();
        return text.StartsWith("Symbol(", StringComparison.Ordinal) ? text["Symbol(".Length..^1] : text;
    }

    private static JsArray ToArray(Engine engine, List<ScriptValue> items)
    {
        var values = new JsValue[items.Count];
        for (var i = 0; i < values.Length; i++) values[i] = ToScript(engine, items[i]);
        return new JsArray(engine, values);
    }

    private static JsObject ToObject(Engine engine, ScriptRecord record)
    {
        var entries = new KeyValuePair<string, JsValue>[record.Fields.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var (name, value) = record.Fields[i];
            entries[i] = new(record.HasForeignNames ? name : Spelled(name), ToScript(engine, value));
        }

        return JsObject.CreateFromEntries(engine, entries.AsSpan());
    }
}
