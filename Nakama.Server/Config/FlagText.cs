using System.Globalization;

namespace Nakama.Server.Config;

/// <summary>Reads switches and numbers in every form the reference server's command line takes.</summary>
internal static class FlagText
{
    public static bool ToSwitch(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => throw new FormatException("parse error"),
    };

    public static int ToNumber(string text)
    {
        var digits = text.AsSpan();
        var isNegative = digits.StartsWith("-");
        if (isNegative || digits.StartsWith("+")) digits = digits[1..];
        var radix = 10;
        if (digits.Length > 1 && digits[0] == '0')
        {
            radix = char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'b' => 2, _ => 8 };
            digits = digits[(char.ToLowerInvariant(digits[1]) is 'x' or 'b' or 'o' ? 2 : 1)..];
        }

        if (digits.Length == 0) throw new FormatException("parse error");
        var value = 0L;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit)) throw new FormatException("parse error");
            var number = int.Parse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (number >= radix) throw new FormatException("parse error");
            value = (value * radix) + number;
            if (value > (long)int.MaxValue + 1) throw new OverflowException("value out of range");
        }

        if (isNegative) value = -value;
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new OverflowException("value out of range");
    }
}
