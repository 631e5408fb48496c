using System.Globalization;
using System.Text;

namespace Nakama.Lua.Library;

/// <summary>Formats one value according to a directive of <c>string.format</c>.</summary>
internal static class LuaFormatter
{
    public static void Write(ref LuaBuffer buffer, in LuaValue value, Rune verb, LuaFormatSpec spec)
    {
        var letter = verb.IsAscii ? (char)verb.Value : '\0';
        if (letter is 'T' or 'p')
        {
            if (letter == 'T') WriteText(ref buffer, Encoding.UTF8.GetBytes(TypeName(value)), spec);
            else WriteBad(ref buffer, verb, TypeName(value), LuaText.Of(value).Span, spec);
            return;
        }
        switch (value.Kind)
        {
            case LuaKind.Number: WriteNumber(ref buffer, value.Double, verb, letter, spec); break;
            case LuaKind.String: WriteString(ref buffer, value.AsString!, verb, letter, spec); break;
            case LuaKind.Boolean when letter is not ('s' or 'v' or 't' or 'q'):
                WriteBad(ref buffer, verb, "lua.LBool", LuaText.Of(value).Span, spec);
                break;
            default:
                // Other values have no numeric form; the output of the reference server for them is meaningless.
                if (letter == 'q') WriteText(ref buffer, Quote(LuaText.Of(value).Span), spec);
                else if (letter is 's' or 'v' or 't') WriteText(ref buffer, LuaText.Of(value).Span, spec);
                else buffer.Add("&{}");
                break;
        }
    }

    private static void WriteNumber(ref LuaBuffer buffer, double value, Rune verb, char letter, LuaFormatSpec spec)
    {
        switch (letter)
        {
            case 'd' or 'i': WriteInteger(ref buffer, LuaNumber.ToInteger(value), 10, false, spec); break;
            case 'b': WriteInteger(ref buffer, LuaNumber.ToInteger(value), 2, false, spec); break;
            case 'o': WriteInteger(ref buffer, LuaNumber.ToInteger(value), 8, false, spec); break;
            case 'x': WriteInteger(ref buffer, LuaNumber.ToInteger(value), 16, false, spec); break;
            case 'X': WriteInteger(ref buffer, LuaNumber.ToInteger(value), 16, true, spec); break;
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G': LuaFloatFormatter.Write(ref buffer, value, letter, spec); break;
            case 's': WriteText(ref buffer, LuaNumber.Format(value).Span, spec); break;
            case 'q': WriteText(ref buffer, Quote(LuaNumber.Format(value).Span), spec); break;
            case 'c': WriteText(ref buffer, Encode(LuaNumber.ToInteger(value)), spec with { Precision = -1 }); break;
            case 'U': WriteText(ref buffer, Encoding.ASCII.GetBytes($"U+{LuaNumber.ToInteger(value):X4}"), spec with { Precision = -1 }); break;
            case 'v' when LuaNumber.IsWhole(value): WriteInteger(ref buffer, (long)value, 10, false, spec); break;
            case 'v': LuaFloatFormatter.Write(ref buffer, value, 'g', spec); break;
            default:
                var text = LuaNumber.IsWhole(value) ? ((long)value).ToString(CultureInfo.InvariantCulture) : LuaNumber.FormatShortest(value, 21);
                WriteBad(ref buffer, verb, LuaNumber.IsWhole(value) ? "int64" : "float64", Encoding.ASCII.GetBytes(text), spec);
                break;
        }
    }

    private static void WriteString(ref LuaBuffer buffer, LuaString text, Rune verb, char letter, LuaFormatSpec spec)
    {
        switch (letter)
        {
            case 's' or 'v': WriteText(ref buffer, text.Span, spec); break;
            // A numeric text is printed as it is, any other as zero.
            case 'd' or 'i' when LuaNumber.TryParseOperand(text.Span, out _): WriteText(ref buffer, text.Span, spec); break;
            case 'd' or 'i': WriteInteger(ref buffer, 0, 10, false, spec); break;
            case 'q': WriteText(ref buffer, Quote(text.Span), spec); break;
            case 'x': WriteText(ref buffer, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(text.Span)), spec); break;
            case 'X': WriteText(ref buffer, Encoding.ASCII.GetBytes(Convert.ToHexString(text.Span)), spec); break;
            default: WriteBad(ref buffer, verb, "string", text.Span, spec); break;
        }
    }

    private static void WriteInteger(ref LuaBuffer buffer, long value, int numberBase, bool isUpper, LuaFormatSpec spec)
    {
        var magnitude = value < 0 ? (ulong)-(value + 1) + 1 : (ulong)value;
        Span<byte> digits = stackalloc byte[64];
        var count = 0;
        if (magnitude != 0 || spec.Precision != 0)
        {
            do
            {
                var digit = (int)(magnitude % (ulong)numberBase);
                digits[63 - count++] = (byte)(digit < 10 ? '0' + digit : (isUpper ? 'A' : 'a') + digit - 10);
                magnitude /= (ulong)numberBase;
            }
            while (magnitude != 0);
        }
        var sign = value < 0 ? "-" : spec.HasPlus ? "+" : spec.HasSpace ? " " : "";
        var prefix = !spec.HasSharp ? "" : numberBase switch { 16 => isUpper ? "0X" : "0x", 2 => "0b", 8 when digits[64 - count] != '0' => "0", _ => "" };
        var least = spec.Precision >= 0 ? spec.Precision : spec.HasZero ? spec.Width - sign.Length : 0;
        var zeros = Math.Max(0, least - count);
        var padding = spec.Width - sign.Length - prefix.Length - zeros - count;
        if (!spec.HasMinus) buffer.Add((byte)' ', padding);
        buffer.Add(sign);
        buffer.Add(prefix);
        buffer.Add((byte)'0', zeros);
        buffer.Add(digits[(64 - count)..]);
        if (spec.HasMinus) buffer.Add((byte)' ', padding);
    }

    /// <summary>A text truncated to the precision and padded to the width, both in characters.</summary>
    internal static void WriteText(ref LuaBuffer buffer, ReadOnlySpan<byte> text, LuaFormatSpec spec)
    {
        if (spec.Precision >= 0) text = text[..LengthOf(text, spec.Precision)];
        var padding = spec.Width == 0 ? 0 : spec.Width - CountLetters(text);
        if (!spec.HasMinus) buffer.Add((byte)(spec.HasZero ? '0' : ' '), padding);
        buffer.Add(text);
        if (spec.HasMinus) buffer.Add((byte)' ', padding);
    }

    private static void WriteBad(ref LuaBuffer buffer, Rune verb, string type, ReadOnlySpan<byte> text, LuaFormatSpec spec)
    {
        buffer.Add("%!");
        StringLibrary.AddRune(ref buffer, verb);
        buffer.Add("(" + type + "=");
        WriteText(ref buffer, text, spec);
        buffer.Add((byte)')');
    }

    private static int LengthOf(ReadOnlySpan<byte> text, int letters)
    {
        var length = 0;
        for (; letters > 0 && length < text.Length; letters--)
        {
            Rune.DecodeFromUtf8(text[length..], out _, out var bytes);
            length += Math.Max(1, bytes);
        }
        return Math.Min(length, text.Length);
    }

    private static int CountLetters(ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (; text.Length > 0; count++)
        {
            Rune.DecodeFromUtf8(text, out _, out var bytes);
            text = text[Math.Max(1, bytes)..];
        }
        return count;
    }

    private static byte[] Encode(long value) =>
        Encoding.UTF8.GetBytes((value is >= 0 and <= 0x10FFFF && Rune.IsValid((int)value) ? new Rune((int)value) : Rune.ReplacementChar).ToString());

    private static byte[] Quote(ReadOnlySpan<byte> text)
    {
        var quoted = new List<byte> { (byte)'"' };
        while (text.Length > 0)
        {
            var isLetter = Rune.DecodeFromUtf8(text, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (!isLetter) length = 1;
            var escape = isLetter ? Escape(rune) : $"\\x{text[0]:x2}";
            quoted.AddRange(escape is null ? text[..length] : Encoding.ASCII.GetBytes(escape));
            text = text[length..];
        }
        quoted.Add((byte)'"');
        return [.. quoted];
    }

    /// <summary>Null for characters that are written as they are.</summary>
    private static string? Escape(Rune rune) => rune.Value switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\a' => "\\a",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\v' => "\\v",
        ' ' => null,
        < 0x20 or 0x7f => $"\\x{rune.Value:x2}",
        _ when IsPrintable(rune) => null,
        < 0x10000 => $"\\u{rune.Value:x4}",
        _ => $"\\U{rune.Value:x8}",
    };

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    private static string TypeName(in LuaValue value) => value.Kind switch
    {
        LuaKind.Nil => "*lua.LNilType",
        LuaKind.Boolean => "lua.LBool",
        LuaKind.Number => "lua.LNumber",
        LuaKind.String => "lua.LString",
        LuaKind.Table => "*lua.LTable",
        LuaKind.Function => "*lua.LFunction",
        _ => "*lua.LUserData",
    };
}
