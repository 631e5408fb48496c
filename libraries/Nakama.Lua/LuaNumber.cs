using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Nakama.Lua;

/// <summary>Formats and parses numbers, in the three ways of the dialect: source, arithmetic and <c>tonumber</c>.</summary>
internal static class LuaNumber
{
    private const double TwoTo63 = 9223372036854775808.0;

    public static bool IsWhole(double value) => value >= -TwoTo63 && value < TwoTo63 && value == Math.Floor(value);

    /// <summary>Truncated toward zero. Values out of range and NaN become the smallest integer.</summary>
    public static long ToInteger(double value) => value >= -TwoTo63 && value < TwoTo63 ? (long)value : long.MinValue;

    public static LuaString Format(double value)
    {
        Span<byte> buffer = stackalloc byte[40];
        return LuaString.From(buffer[..Format(value, buffer)]);
    }

    /// <summary>Writes at most 40 bytes: integers in full, others with the fewest digits that round-trip.</summary>
    public static int Format(double value, Span<byte> buffer)
    {
        if (IsWhole(value))
        {
            Utf8Formatter.TryFormat((long)value, buffer, out var written);
            return written;
        }
        return Encoding.ASCII.GetBytes(FormatShortest(value, 6), buffer);
    }

    /// <summary>The fewest digits that round-trip; scientific below exponent -4 and from <paramref name="exponentFrom"/>.</summary>
    public static string FormatShortest(double value, int exponentFrom)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "+Inf" : "-Inf";
        var (digits, exponent) = Digits(value.ToString("R", CultureInfo.InvariantCulture));
        if (digits.Length == 0) return double.IsNegative(value) ? "-0" : "0";
        var sign = value < 0 ? "-" : "";
        if (exponent < -4 || exponent >= exponentFrom) return sign + WithExponent(digits, exponent);
        if (exponent < 0) return sign + "0." + new string('0', -exponent - 1) + digits;
        if (digits.Length <= exponent + 1) return sign + digits + new string('0', exponent + 1 - digits.Length);
        return sign + digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }

    /// <summary>Parses a text as an arithmetic operand: more forms than <see cref="TryToNumber"/>, such as underscores.</summary>
    public static bool TryParseOperand(ReadOnlySpan<byte> text, out double number)
    {
        text = text.Trim(" \t\n\r\v\f"u8);
        if (TryParseInteger(text, out var whole))
        {
            number = whole;
            return true;
        }
        return TryParseFloat(text, out number);
    }

    /// <summary>Parses a number in source code. What the dialect cannot parse is NaN.</summary>
    public static double ParseLiteral(ReadOnlySpan<byte> text)
    {
        if (text.Length > 1 && text[0] == '0' && (text[1] | 0x20) == 'x')
        {
            return TryParseDigits(text[2..], 16, out var hex) ? hex : double.NaN;
        }
        var significant = text.TrimStart((byte)'0');
        if (significant.IsEmpty) return text.IsEmpty ? double.NaN : 0;
        if (significant.Length < text.Length && significant.IndexOfAnyInRange((byte)'0', (byte)'9') == 0) text = significant;
        return TryParseFloat(text, out var number) ? number : double.NaN;
    }

    /// <summary>Parses a text as <c>tonumber</c> does.</summary>
    public static bool TryToNumber(ReadOnlySpan<byte> text, int numberBase, out double number)
    {
        number = 0;
        text = text.Trim(" \t\n"u8);
        if (text.IsEmpty) return false;
        if (text.Contains((byte)'.')) return TryParseFloat(text, out number);
        if (numberBase == 10 && text.Length > 2 && text[0] == '0' && (text[1] | 0x20) == 'x')
        {
            numberBase = 16;
            text = text[2..];
        }
        if (numberBase == 0) numberBase = 10;
        if (numberBase is < 2 or > 36) return false;
        var isNegative = text[0] == '-';
        if (text[0] is (byte)'-' or (byte)'+') text = text[1..];
        if (!TryParseDigits(text, numberBase, out var whole)) return false;
        number = isNegative ? -whole : whole;
        return true;
    }

    private static (string Digits, int Exponent) Digits(string text)
    {
        var exponent = 0;
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        if (mark >= 0)
        {
            exponent = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..mark];
        }
        text = text.TrimStart('-');
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var digits = whole + (point < 0 ? "" : text[(point + 1)..]);
        exponent += whole.Length - 1;
        var leading = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), exponent - leading);
    }

    private static string WithExponent(string digits, int exponent)
    {
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    /// <summary>An integer in the base of its prefix; a leading zero alone means octal.</summary>
    private static bool TryParseInteger(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        var isNegative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+') text = text[1..];
        if (text.IsEmpty) return false;
        var numberBase = 10;
        if (text[0] == '0' && text.Length > 1)
        {
            numberBase = (text[1] | 0x20) switch { 'x' => 16, 'b' => 2, 'o' => 8, _ => 8 };
            text = (text[1] | 0x20) is 'x' or 'b' or 'o' ? text[2..] : text[1..];
        }
        if (text.IsEmpty || text[^1] == '_' || text.IndexOf("__"u8) >= 0) return false;
        Span<byte> plain = stackalloc byte[64];
        var length = 0;
        foreach (var letter in text)
        {
            if (letter == '_') continue;
            if (length == plain.Length) return false;
            plain[length++] = letter;
        }
        if (!TryParseDigits(plain[..length], numberBase, out number)) return false;
        if (isNegative) number = -number;
        return true;
    }

    private static bool TryParseDigits(ReadOnlySpan<byte> text, int numberBase, out double number)
    {
        number = 0;
        if (text.IsEmpty) return false;
        ulong value = 0;
        foreach (var letter in text)
        {
            var digit = letter switch
            {
                >= (byte)'0' and <= (byte)'9' => letter - '0',
                >= (byte)'a' and <= (byte)'z' => letter - 'a' + 10,
                >= (byte)'A' and <= (byte)'Z' => letter - 'A' + 10,
                _ => 99,
            };
            if (digit >= numberBase) return false;
            if (value > ((ulong)long.MaxValue - (ulong)digit) / (ulong)numberBase) return false;
            value = (value * (ulong)numberBase) + (ulong)digit;
        }
        number = value;
        return true;
    }

    private static bool TryParseFloat(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > 400) return false;
        var unsigned = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        if (unsigned.IsEmpty) return false;
        if (unsigned[0] is not (>= (byte)'0' and <= (byte)'9' or (byte)'.')) return TryParseWord(text, unsigned, out number);
        if (unsigned.Length > 2 && unsigned[0] == '0' && (unsigned[1] | 0x20) == 'x')
        {
            if (!TryParseHexFloat(unsigned[2..], out number)) return false;
        }
        else if (!double.TryParse(unsigned, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }
        if (double.IsInfinity(number)) return false;
        if (text[0] == '-') number = -number;
        return true;
    }

    private static bool TryParseWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> unsigned, out double number)
    {
        number = 0;
        if (Ascii.EqualsIgnoreCase(unsigned, "inf"u8) || Ascii.EqualsIgnoreCase(unsigned, "infinity"u8))
        {
            number = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }
        if (!Ascii.EqualsIgnoreCase(text, "nan"u8)) return false;
        number = double.NaN;
        return true;
    }

    /// <summary>Hexadecimal digits with a binary exponent, which is required.</summary>
    private static bool TryParseHexFloat(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        var mark = text.IndexOfAny((byte)'p', (byte)'P');
        if (mark < 1 || !int.TryParse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)) return false;
        var scale = 0;
        var seenPoint = false;
        foreach (var letter in text[..mark])
        {
            if (letter == '.' && !seenPoint)
            {
                seenPoint = true;
                continue;
            }
            if (!char.IsAsciiHexDigit((char)letter)) return false;
            number = (number * 16) + Convert.ToInt32(((char)letter).ToString(), 16);
            if (seenPoint) scale -= 4;
        }
        number = Math.ScaleB(number, Math.Clamp(exponent, -5000, 5000) + scale);
        return true;
    }
}
