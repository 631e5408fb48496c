using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Nakama.Protocol.Json;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// Writes JavaScript values as the JSON that the server stores: members in byte order, undefined as null, a typed array of
/// bytes in base64. It differs from <c>JSON.stringify</c> and calls no function of the module but getters.
/// </summary>
internal static class JavaScriptJsonWriter
{
    private const int MaxDepth = 1000;
    private const int KeptBytes = 64 * 1024;
    private const double MaxExact = 9007199254740992;
    private const double MaxPlain = 1e21;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JsonTextEncoder.HtmlSafe, SkipValidation = true, MaxDepth = MaxDepth + 8 };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    /// <exception cref="ScriptValueException">A value has no JSON representation.</exception>
    public static byte[] Write(JsValue value)
    {
        var scratch = _scratch ?? new ArrayBufferWriter<byte>(1024);
        _scratch = null;
        scratch.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(scratch, Writing)) Value(json, value, 0);
        var written = scratch.WrittenSpan.ToArray();
        if (scratch.Capacity <= KeptBytes) _scratch = scratch;
        return written;
    }

    private static void Value(Utf8JsonWriter json, JsValue value, int depth)
    {
        switch (value.Type)
        {
            case Types.Undefined or Types.Null: json.WriteNullValue(); break;
            case Types.Boolean: json.WriteBooleanValue(value.AsBoolean()); break;
            case Types.Number: Number(json, value.AsNumber()); break;
            case Types.String: json.WriteStringValue(value.ToString()); break;
            case Types.BigInt: json.WriteRawValue(((BigInteger)value.ToObject()!).ToString(CultureInfo.InvariantCulture), skipInputValidation: true); break;
            case Types.Symbol: json.WriteStringValue(JavaScriptConversion.TextOf(value)); break;
            default: Object(json, value.AsObject(), depth + 1); break;
        }
    }

    private static void Number(Utf8JsonWriter json, double value)
    {
        if (!double.IsFinite(value))
            throw new ScriptValueException($"json: unsupported value: {(double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf")}");
        if (value == 0 && double.IsNegative(value)) json.WriteRawValue("-0", skipInputValidation: true);
        else json.WriteRawValue(Digits(value), skipInputValidation: true);
    }

    /// <summary>The shortest digits that are read as the same number. The engine writes large whole numbers with all their digits.</summary>
    private static string Digits(double value)
    {
        if (Math.Abs(value) is < MaxExact or >= MaxPlain) return JsNumber.Create(value).ToString();
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        if (exponentAt < 0) return shortest;
        var exponent = int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var digits = shortest[..exponentAt].Replace(".", "", StringComparison.Ordinal);
        var sign = digits[0] == '-' ? 1 : 0;
        return digits.PadRight(exponent + 1 + sign, '0');
    }

    private static void Object(Utf8JsonWriter json, ObjectInstance value, int depth)
    {
        if (depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ScriptValueException("json: an object contains itself, or is nested too deep");
        switch (value)
        {
            case JsArray array: Array(json, array, depth); return;
            case JsDate date: Date(json, date); return;
            case JsMap map: Map(json, map, depth); return;
            case JsSet set: Set(json, set, depth); return;
        }

        if (value.IsCallable()) throw new ScriptValueException("json: unsupported type: func(goja.FunctionCall) goja.Value");
        if (value.IsUint8Array())
        {
            json.WriteBase64StringValue(value.AsUint8Array());
            return;
        }

        if (value is JsTypedArray typed)
        {
            json.WriteStartArray();
            for (uint i = 0; i < typed.Length; i++) Value(json, typed[i], depth);
            json.WriteEndArray();
            return;
        }

        json.WriteStartObject();
        if (!value.IsArrayBuffer() && !value.IsRegExp() && value is not JsError) Members(json, value, depth);
        json.WriteEndObject();
    }

    private static void Array(Utf8JsonWriter json, JsArray array, int depth)
    {
        json.WriteStartArray();
        for (uint i = 0; i < array.Length; i++) Value(json, array[i], depth);
        json.WriteEndArray();
    }

    private static void Map(Utf8JsonWriter json, JsMap map, int depth)
    {
        json.WriteStartArray();
        foreach (var (key, item) in map)
        {
            json.WriteStartArray();
            Value(json, key, depth);
            Value(json, item, depth);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void Set(Utf8JsonWriter json, JsSet set, int depth)
    {
        json.WriteStartArray();
        foreach (var item in set) Value(json, item, depth);
        json.WriteEndArray();
    }

    private static void Date(Utf8JsonWriter json, JsDate date)
    {
        if (double.IsNaN(date.DateValue)) throw new ScriptValueException("json: a date is not valid");
        var time = DateTimeOffset.FromUnixTimeMilliseconds((long)date.DateValue);
        json.WriteStringValue(time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture));
    }

    private static void Members(Utf8JsonWriter json, ObjectInstance value, int depth)
    {
        var keys = JavaScriptConversion.KeysOf(value);
        keys.Sort(static (x, y) => CompareUtf8(x, y));
        foreach (var key in keys)
        {
            json.WritePropertyName(key);
            Value(json, value.Get(key), depth);
        }
    }

    /// <summary>The order of UTF-8 bytes; UTF-16 order differs for surrogates only.</summary>
    private static int CompareUtf8(string x, string y)
    {
        var length = Math.Min(x.Length, y.Length);
        for (var i = 0; i < length; i++)
        {
            if (x[i] == y[i]) continue;
            var (isHigh, isOtherHigh) = (char.IsSurrogate(x[i]), char.IsSurrogate(y[i]));
            return isHigh == isOtherHigh ? x[i] - y[i] : isHigh ? 1 : -1;
        }

        return x.Length - y.Length;
    }
}
