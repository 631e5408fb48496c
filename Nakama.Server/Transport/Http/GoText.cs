using System.Globalization;
using System.Text;

namespace Nakama.Server.Transport.Http;

/// <summary>Quotes text and parses values as the reference server does, with identical error messages.</summary>
internal static class GoText
{
    /// <summary>The text in double quotes, with non-printable characters escaped.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"' or '\\': quoted.Append('\\').Append(rune); break;
                case '\n': quoted.Append("\\n"); break;
                case '\r': quoted.Append("\\r"); break;
                case '\t': quoted.Append("\\t"); break;
                case < 0x20 or 0x7f: quoted.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"); break;
                default: quoted.Append(rune); break;
            }
        }

        return quoted.Append('"').ToString();
    }

    /// <exception cref="FormatException">With the reference server's message.</exception>
    public static bool ParseBool(string text) => text switch
    {
        "1" or "t" or "T" or "TRUE" or "true" or "True" => true,
        "0" or "f" or "F" or "FALSE" or "false" or "False" => false,
        _ => throw Invalid("ParseBool", text, "invalid syntax"),
    };

    /// <exception cref="FormatException">With the reference server's message.</exception>
    public static long ParseInt(string text, int bits)
    {
        var digits = text.AsSpan(text is ['+' or '-', ..] ? 1 : 0);
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9')) throw Invalid("ParseInt", text, "invalid syntax");
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || (bits == 32 && value != (int)value))
            throw Invalid("ParseInt", text, "value out of range");
        return value;
    }

    /// <exception cref="FormatException">With the reference server's message.</exception>
    public static ulong ParseUint(string text, int bits)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange('0', '9')) throw Invalid("ParseUint", text, "invalid syntax");
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || (bits == 32 && value > uint.MaxValue))
            throw Invalid("ParseUint", text, "value out of range");
        return value;
    }

    /// <exception cref="FormatException">With the reference server's message.</exception>
    public static double ParseFloat(string text)
    {
        if (!double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value))
            throw Invalid("ParseFloat", text, "invalid syntax");
        return double.IsInfinity(value) && !text.Contains("nf", StringComparison.Ordinal) ? throw Invalid("ParseFloat", text, "value out of range") : value;
    }

    private static FormatException Invalid(string function, string text, string why) =>
        new($"strconv.{function}: parsing {Quote(text)}: {why}");
}
