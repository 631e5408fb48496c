using System.Globalization;
using System.Text;

namespace Nakama.Lua.Library;

/// <summary>Floating-point formats of <c>string.format</c>.</summary>
internal static class LuaFloatFormatter
{
    public static void Write(ref LuaBuffer buffer, double value, char letter, LuaFormatSpec spec)
    {
        if (!double.IsFinite(value))
        {
            var name = double.IsNaN(value) ? spec.HasPlus ? "+NaN" : "NaN" : value > 0 ? "+Inf" : "-Inf";
            LuaFormatter.WriteText(ref buffer, Encoding.ASCII.GetBytes(name), spec with { HasZero = false, Precision = -1 });
            return;
        }
        var digits = Digits(Math.Abs(value), letter, spec);
        var sign = double.IsNegative(value) ? "-" : spec.HasPlus ? "+" : spec.HasSpace ? " " : "";
        var padding = spec.Width - sign.Length - digits.Length;
        if (!spec.HasMinus && !spec.HasZero) buffer.Add((byte)' ', padding);
        buffer.Add(sign);
        if (spec.HasZero) buffer.Add((byte)'0', padding);
        buffer.Add(digits);
        if (spec.HasMinus) buffer.Add((byte)' ', padding);
    }

    private static string Digits(double value, char letter, LuaFormatSpec spec)
    {
        var isUpper = char.IsAsciiLetterUpper(letter);
        var text = char.ToLowerInvariant(letter) switch
        {
            'f' => value.ToString("F" + Count(spec.Precision, 6), CultureInfo.InvariantCulture),
            'e' => Scientific(value, spec.Precision < 0 ? 6 : spec.Precision),
            _ => General(value, spec.Precision),
        };
        return isUpper ? text.ToUpperInvariant() : text;
    }

    private static string Count(int precision, int otherwise) => (precision < 0 ? otherwise : precision).ToString(CultureInfo.InvariantCulture);

    private static string Scientific(double value, int precision)
    {
        var text = value.ToString("e" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        // .NET writes three exponent digits; two are written where they suffice.
        return text[^3] == '0' ? text.Remove(text.Length - 3, 1) : text;
    }

    private static string General(double value, int precision)
    {
        if (precision < 0) return LuaNumber.FormatShortest(value, 6);
        if (precision == 0) precision = 1;
        var text = Scientific(value, Math.Min(precision - 1, 800));
        var mark = text.IndexOf('e', StringComparison.Ordinal);
        var exponent = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var digits = text[..mark].Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        if (digits.Length == 0) return "0";
        // When the digits include the whole integer part, their number is the limit for scientific notation.
        var most = precision;
        if (most > digits.Length && digits.Length >= exponent + 1) most = digits.Length;
        if (exponent < -4 || exponent >= most) return digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + text[mark..];
        if (exponent < 0) return "0." + new string('0', -exponent - 1) + digits;
        if (digits.Length <= exponent + 1) return digits + new string('0', exponent + 1 - digits.Length);
        return digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }
}
