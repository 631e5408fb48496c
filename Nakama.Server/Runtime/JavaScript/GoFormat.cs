using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jint;
using Jint.Native;
using Jint.Runtime;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>The format texts of the logger: <c>%s %d %v %f %q %t</c>, with marks for arguments that do not fit.</summary>
internal static class GoFormat
{
    private const int MaxLength = 64 * 1024;

    public static string Format(JsValue[] arguments)
    {
        var format = JavaScriptConversion.TextOf(arguments[0]);
        if (arguments.Length == 1 && !format.Contains('%', StringComparison.Ordinal)) return Bounded(format);
        var text = new StringBuilder(format.Length + 32);
        var next = 1;
        for (var i = 0; i < format.Length && text.Length < MaxLength; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            var flags = i + 1;
            for (i++; i < format.Length && (char.IsAsciiDigit(format[i]) || format[i] is '+' or '-' or '#' or '.' or ' '); i++)
            {
            }

            if (i >= format.Length) text.Append("%!(NOVERB)");
            else if (format[i] == '%') text.Append('%');
            else if (next >= arguments.Length) text.Append("%!").Append(format[i]).Append("(MISSING)");
            else Append(text, format[i], format.AsSpan(flags, i - flags), arguments[next++]);
        }

        if (next < arguments.Length)
        {
            text.Append("%!(EXTRA ");
            for (var i = next; i < arguments.Length; i++) text.Append(i > next ? ", " : "").Append(TypeOf(arguments[i])).Append('=').Append(Plain(arguments[i]));
            text.Append(')');
        }

        return Bounded(text.ToString());
    }

    private static void Append(StringBuilder text, char verb, ReadOnlySpan<char> flags, JsValue value)
    {
        var isWhole = value.IsNumber() && value.AsNumber() == Math.Floor(value.AsNumber());
        switch (verb)
        {
            case 'v':
            case 's' when value.IsString():
            case 'd' when isWhole:
            case 't' when value.IsBoolean():
                text.Append(Plain(value));
                break;
            case 'q' when value.IsString():
                text.Append('"').Append(JsonEncodedText.Encode(value.ToString(), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value).Append('"');
                break;
            case 'f' when value.IsNumber() && !isWhole:
                var digits = flags.IndexOf('.') is >= 0 and var dot && int.TryParse(flags[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? Math.Min(given, 99) : 6;
                text.Append(value.AsNumber().ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
                break;
            default:
                text.Append("%!").Append(verb).Append('(').Append(TypeOf(value)).Append('=').Append(Plain(value)).Append(')');
                break;
        }
    }

    private static string Plain(JsValue value)
    {
        if (value.IsUndefined() || value.IsNull()) return "<nil>";
        if (!value.IsObject() || value.IsCallable()) return JavaScriptConversion.TextOf(value);
        try
        {
            return Encoding.UTF8.GetString(JavaScriptJsonWriter.Write(value));
        }
        catch (ScriptValueException)
        {
            return JavaScriptConversion.TextOf(value);
        }
    }

    private static string TypeOf(JsValue value) => value.Type switch
    {
        Types.String => "string",
        Types.Boolean => "bool",
        Types.Number => value.AsNumber() == Math.Floor(value.AsNumber()) ? "int64" : "float64",
        Types.Undefined or Types.Null => "<nil>",
        _ => value is JsArray ? "[]interface {}" : "map[string]interface {}",
    };

    private static string Bounded(string text) => text.Length <= MaxLength ? text : text[..MaxLength];
}
