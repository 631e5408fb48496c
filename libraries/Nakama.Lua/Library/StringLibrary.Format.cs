using System.Text;

namespace Nakama.Lua.Library;

/// <content><c>string.format</c>, whose directives are those of Go, the language of the reference server, instead of C.</content>
internal static partial class StringLibrary
{
    private const int MostWidth = 1_000_000;

    private static int Format(LuaCall call)
    {
        var format = call.CheckString(1).Span;
        var buffer = new LuaBuffer(call, stackalloc byte[256]);
        try
        {
            var argument = 2;
            var last = LastArgument(call, format);
            for (var at = 0; at < format.Length;)
            {
                var percent = format[at..].IndexOf((byte)'%');
                if (percent != 0)
                {
                    var plain = percent < 0 ? format.Length - at : percent;
                    buffer.Add(format.Slice(at, plain));
                    at += plain;
                    continue;
                }
                at++;
                Directive(call, ref buffer, format, ref at, ref argument, last);
            }
            return call.Return(buffer.Take());
        }
        finally
        {
            buffer.Dispose();
        }
    }

    private static void Directive(LuaCall call, ref LuaBuffer buffer, ReadOnlySpan<byte> format, ref int at, ref int argument, int last)
    {
        var spec = new LuaFormatSpec();
        while (at < format.Length && spec.TryAddFlag(format[at])) at++;
        ReadIndex(format, ref at, ref argument);
        if (at < format.Length && format[at] == '*')
        {
            // A width taken from the arguments is never accepted as an integer.
            at++;
            argument++;
            buffer.Add("%!(BADWIDTH)");
        }
        else if (TryReadNumber(format, ref at, out var width))
        {
            if (width > MostWidth) buffer.Add("%!(BADWIDTH)");
            else spec.Width = width;
        }
        if (at < format.Length && format[at] == '.')
        {
            at++;
            TryReadNumber(format, ref at, out var precision);
            if (precision > MostWidth) buffer.Add("%!(BADPREC)");
            else spec.Precision = precision;
        }
        ReadIndex(format, ref at, ref argument);
        if (at >= format.Length)
        {
            buffer.Add("%!(NOVERB)");
            return;
        }
        if (Rune.DecodeFromUtf8(format[at..], out var verb, out var length) != System.Buffers.OperationStatus.Done) length = 1;
        at += length;
        if (verb.Value == '%')
        {
            buffer.Add((byte)'%');
        }
        else if (argument > last)
        {
            buffer.Add("%!");
            AddRune(ref buffer, verb);
            buffer.Add("(MISSING)");
        }
        else
        {
            LuaFormatter.Write(ref buffer, call[argument++], verb, spec);
        }
    }

    /// <summary>The format ignores arguments beyond the number of percent signs.</summary>
    private static int LastArgument(LuaCall call, ReadOnlySpan<byte> format)
    {
        var signs = format.Count((byte)'%') - format.Count("%%"u8);
        return Math.Min(call.Count, signs + 1);
    }

    internal static void AddRune(ref LuaBuffer buffer, Rune rune)
    {
        Span<byte> encoded = stackalloc byte[4];
        buffer.Add(encoded[..rune.EncodeToUtf8(encoded)]);
    }

    /// <summary>An explicit argument index in brackets, counted from one after the format.</summary>
    private static void ReadIndex(ReadOnlySpan<byte> format, ref int at, ref int argument)
    {
        if (at >= format.Length || format[at] != '[') return;
        var end = at + 1;
        if (!TryReadNumber(format, ref end, out var index) || end >= format.Length || format[end] != ']') return;
        at = end + 1;
        argument = index + 1;
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> format, ref int at, out int number)
    {
        number = 0;
        var start = at;
        while (at < format.Length && format[at] is >= (byte)'0' and <= (byte)'9')
        {
            number = Math.Min((number * 10) + format[at] - '0', MostWidth + 1);
            at++;
        }
        return at > start;
    }
}
