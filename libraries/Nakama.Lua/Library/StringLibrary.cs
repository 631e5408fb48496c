using System.Text;

namespace Nakama.Lua.Library;

internal static partial class StringLibrary
{
    public static LuaTable Create()
    {
        var library = new LuaTable(0, 16);
        library.Set("byte", Byte);
        library.Set("char", Char);
        library.Set("dump", static call => throw call.Error("GopherLua does not support the string.dump"));
        library.Set("find", Find);
        library.Set("format", Format);
        library.Set("gmatch", GlobalMatch);
        library.Set("gsub", Substitute);
        library.Set("len", static call => call.Return(call.CheckString(1).Length));
        library.Set("lower", static call => ChangeCase(call, isUpper: false));
        library.Set("match", Match);
        library.Set("rep", Repeat);
        library.Set("reverse", Reverse);
        library.Set("sub", Sub);
        library.Set("upper", static call => ChangeCase(call, isUpper: true));
        library["gfind"] = library["gmatch"];
        return library;
    }

    /// <summary>Resolves a position argument: counted from one, or from the end when negative.</summary>
    private static long Position(double position, int length)
    {
        var whole = LuaNumber.ToInteger(position);
        return whole >= 0 ? whole : Math.Max(whole, -int.MaxValue) + length + 1;
    }

    private static int Byte(LuaCall call)
    {
        var text = call.CheckString(1);
        var first = Position(call.OptionalNumber(2, 1), text.Length);
        var last = call.Count < 2 ? text.Length : Position(call.OptionalNumber(3, first), text.Length);
        // There is nothing before the first byte, so a range that begins there is empty.
        if (first == 0) return 0;
        first = Math.Max(first, 1);
        last = Math.Min(last, text.Length);
        if (last - first >= call.Machine.Limits.StackSlots) throw call.Error("registry overflow");
        for (var index = first; index <= last; index++) call.Push(text.Bytes[index - 1]);
        return (int)Math.Max(0, last - first + 1);
    }

    private static int Char(LuaCall call)
    {
        if (call.Count == 1) return call.Return(LuaString.Single(unchecked((byte)call.CheckInteger(1))));
        var bytes = new byte[call.Count];
        for (var number = 1; number <= call.Count; number++) bytes[number - 1] = unchecked((byte)call.CheckInteger(number));
        return call.Return(LuaString.Over(bytes));
    }

    private static int Repeat(LuaCall call)
    {
        var text = call.CheckString(1);
        var count = call.CheckInteger(2);
        if (count <= 0 || text.Length == 0) return call.Return(LuaString.Empty);
        if (count == 1) return call.Return(text);
        call.Machine.CheckStringLength(call.Thread, count > int.MaxValue ? long.MaxValue : count * text.Length);
        var bytes = new byte[count * text.Length];
        if (text.Length == 1)
        {
            bytes.AsSpan().Fill(text.Bytes[0]);
            return call.Return(LuaString.Over(bytes));
        }
        for (var at = 0; at < bytes.Length; at += text.Length) text.Span.CopyTo(bytes.AsSpan(at));
        return call.Return(LuaString.Over(bytes));
    }

    private static int Reverse(LuaCall call)
    {
        var bytes = call.CheckString(1).Span.ToArray();
        bytes.AsSpan().Reverse();
        return call.Return(LuaString.Over(bytes));
    }

    private static int Sub(LuaCall call)
    {
        var text = call.CheckString(1);
        var first = Math.Max(1, Position(call.CheckNumber(2), text.Length));
        var last = Math.Min(text.Length, Position(call.OptionalNumber(3, -1), text.Length));
        if (first > last) return call.Return(LuaString.Empty);
        return call.Return(first == 1 && last == text.Length ? text : LuaString.From(text.Span[((int)first - 1)..(int)last]));
    }

    private static int ChangeCase(LuaCall call, bool isUpper)
    {
        var text = call.CheckString(1);
        call.Charge(text.Length >> 4);
        if (Ascii.IsValid(text.Span))
        {
            var bytes = new byte[text.Length];
            if (isUpper) Ascii.ToUpper(text.Span, bytes, out _);
            else Ascii.ToLower(text.Span, bytes, out _);
            return call.Return(LuaString.Over(bytes));
        }
        var buffer = new LuaBuffer(call, stackalloc byte[256]);
        Span<byte> encoded = stackalloc byte[4];
        for (var rest = text.Span; rest.Length > 0;)
        {
            // Each invalid byte becomes a replacement character of its own.
            if (Rune.DecodeFromUtf8(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done) (rune, length) = (Rune.ReplacementChar, 1);
            buffer.Add(encoded[..(isUpper ? Upper(rune) : Lower(rune)).EncodeToUtf8(encoded)]);
            rest = rest[length..];
        }
        return call.Return(buffer.Take());
    }

    // .NET does not map characters whose other case is ASCII.
    private static Rune Upper(Rune rune) => rune.Value switch
    {
        'ı' => new Rune('I'),
        'ſ' => new Rune('S'),
        _ => Rune.ToUpperInvariant(rune),
    };

    private static Rune Lower(Rune rune) => rune.Value switch
    {
        'İ' => new Rune('i'),
        '\u212A' => new Rune('k'),
        _ => Rune.ToLowerInvariant(rune),
    };
}
