using System.Globalization;
using System.Numerics;

namespace Nakama.Protocol.Json;

/// <summary>Integers in JSON notation, including <c>1.0</c> and <c>1e3</c>, as long as no precision is lost.</summary>
internal static class IntegerText
{
    // With a larger exponent no non-zero digits fit a 64-bit number.
    private const int MaxShift = 40;

    public static bool TryParse<T>(ReadOnlySpan<byte> text, out T value)
        where T : struct, IBinaryInteger<T>
    {
        value = default;
        if (text.IsEmpty || text.Length > 128) return false;
        if (IsPlain(text)) return T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        return TryNormalise(text, out var negative, out var digits, out var count)
            && TryParseDigits(digits.AsSpan(0, count), negative, out value);
    }

    private static bool IsPlain(ReadOnlySpan<byte> text)
    {
        var digits = text[0] == '-' ? text[1..] : text;
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') && (digits[0] != '0' || digits.Length == 1);
    }

    private static bool TryParseDigits<T>(ReadOnlySpan<byte> digits, bool negative, out T value)
        where T : struct, IBinaryInteger<T>
    {
        Span<byte> text = stackalloc byte[digits.Length + 1];
        text[0] = (byte)'-';
        digits.CopyTo(text[1..]);
        return T.TryParse(negative ? text : text[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Parses <c>-12.50e1</c> into a sign and the digits of a whole number.</summary>
    private static bool TryNormalise(ReadOnlySpan<byte> text, out bool negative, out byte[] digits, out int count)
    {
        digits = new byte[text.Length + MaxShift];
        count = 0;
        var at = 0;
        negative = text[0] == '-';
        if (negative) at++;
        var whole = at;
        while (at < text.Length && char.IsAsciiDigit((char)text[at])) digits[count++] = text[at++];
        if (at == whole || (text[whole] == '0' && at - whole > 1)) return false;

        var shift = 0;
        if (at < text.Length && text[at] == '.')
        {
            var start = ++at;
            while (at < text.Length && char.IsAsciiDigit((char)text[at])) digits[count++] = text[at++];
            if (at == start) return false;
            shift = start - at;
        }

        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            at++;
            if (at < text.Length && text[at] == '+') at++;
            if (!int.TryParse(text[at..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
                || text[at] == '+' || Math.Abs((long)exponent) > 1000)
            {
                return false;
            }

            at = text.Length;
            shift += exponent;
        }

        return at == text.Length && TryShift(digits, ref count, shift);
    }

    private static bool TryShift(byte[] digits, ref int count, int shift)
    {
        if (digits.AsSpan(0, count).IndexOfAnyExcept((byte)'0') < 0)
        {
            count = 1;
            return true;
        }

        if (shift > MaxShift) return false;
        for (; shift > 0; shift--) digits[count++] = (byte)'0';
        for (; shift < 0; shift++)
        {
            if (count <= 1 || digits[--count] != '0') return false;
        }

        return true;
    }
}
