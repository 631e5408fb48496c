using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Security;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Reads the arguments of a function by its description; nothing is converted to the type that is expected.</summary>
internal static class JavaScriptArguments
{
    /// <summary>Larger numbers may have lost digits.</summary>
    private const double MaxWhole = 9007199254740991;

    public static ScriptValue[] Read(FunctionDescription function, JavaScriptEngine engine, JsValue[] arguments)
    {
        var parameters = function.Parameters;
        if (parameters.Count == 0) return [];
        var values = new ScriptValue[parameters.Count];
        for (var i = 0; i < values.Length; i++)
        {
            // Arguments are read in the order of JavaScript, so that the first wrong one is reported.
            var parameter = function.JavaScriptOrder is { } order ? order[i] : i;
            values[parameter] = Read(parameters[parameter], engine, i < arguments.Length ? arguments[i] : JsValue.Undefined);
        }

        return values;
    }

    private static ScriptValue Read(ParameterDescription parameter, JavaScriptEngine engine, JsValue value)
    {
        if (value.Type is Types.Undefined or Types.Null)
        {
            if (parameter.Kind == ParameterKind.Any) return ScriptValue.NullOf(value);
            if (MayBeAbsent(parameter, value)) return parameter.JavaScriptDefault ?? parameter.Default;
        }

        switch (parameter.Kind)
        {
            case ParameterKind.Text:
                var text = TextOf(parameter, engine, value);
                if (text.Length == 0 && parameter.WhenEmpty is { JavaScript.Length: > 0 } whenEmpty) throw engine.MakeTypeError(whenEmpty.JavaScript);
                return ScriptValue.Of(text);
            case ParameterKind.Bytes:
                if (value.IsArrayBuffer()) return ScriptValue.Of(value.AsArrayBuffer() ?? []);
                text = TextOf(parameter, engine, value);
                if (text.Length == 0 && parameter.WhenEmpty is { JavaScript.Length: > 0 } whenNothing) throw engine.MakeTypeError(whenNothing.JavaScript);
                return ScriptValue.Of(text);
            case ParameterKind.Buffer:
                return value.IsArrayBuffer() ? ScriptValue.Of(value.AsArrayBuffer() ?? []) : throw engine.MakeTypeError("expects a ArrayBuffer object");
            case ParameterKind.Id:
                text = TextOf(parameter, engine, value);
                return UuidText.TryParse(text, out var id) ? ScriptValue.Of(id) : throw engine.MakeTypeError(WhenInvalid(parameter, text));
            case ParameterKind.Flag:
                return value.IsBoolean() ? ScriptValue.Of(value.AsBoolean()) : throw engine.MakeTypeError("expects boolean");
            case ParameterKind.Number:
                return value.IsNumber() ? ScriptValue.Of(value.AsNumber()) : throw engine.MakeTypeError("expects number");
            case ParameterKind.Whole:
                return IsWhole(value) ? ScriptValue.Of(value.AsNumber()) : throw engine.MakeTypeError("expects number");
            case ParameterKind.Table:
                if (value is not ObjectInstance table || value.IsCallable()) throw engine.MakeTypeError(parameter.WhenNoTable?.JavaScript ?? "expects object");
                if (parameter.WhenNoArray is { } whenNoArray && table is not JsArray) throw engine.MakeTypeError(whenNoArray);
                return ScriptValue.Of(new JavaScriptTableView(table));
            case ParameterKind.Function:
                return value.IsCallable() ? ScriptValue.Foreign(value) : throw engine.MakeTypeError(parameter.WhenInvalid.JavaScript);
            default:
                return JavaScriptConversion.ToHost(value);
        }
    }

    private static bool MayBeAbsent(ParameterDescription parameter, JsValue value) => parameter.Absence switch
    {
        AbsenceInJavaScript.Never => false,
        AbsenceInJavaScript.Undefined when value.IsNull() => false,
        _ => parameter.IsOptional || parameter.JavaScriptDefault is not null,
    };

    private static string TextOf(ParameterDescription parameter, JavaScriptEngine engine, JsValue value) =>
        value.IsString() ? value.ToString() : throw engine.MakeTypeError(parameter.WhenNoText ?? "expects string");

    private static string WhenInvalid(ParameterDescription parameter, string text) =>
        text.Length == 0 && parameter.WhenEmpty is { } whenEmpty ? whenEmpty.JavaScript : parameter.WhenInvalid.JavaScript;

    private static bool IsWhole(JsValue value)
    {
        if (!value.IsNumber()) return false;
        var number = value.AsNumber();
        return number == Math.Floor(number) && Math.Abs(number) <= MaxWhole && !(number == 0 && double.IsNegative(number));
    }
}
