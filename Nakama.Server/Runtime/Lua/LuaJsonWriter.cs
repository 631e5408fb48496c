using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Nakama.Lua;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Lua;

/// <summary>
/// Writes Lua values as JSON: a table with a value at an integer key of at least one is an array with nulls in its
/// holes, any other an object with its keys in byte order.
/// </summary>
internal struct LuaJsonWriter
{
    private const int MaxDepth = 1000;
    private const double SmallestPlain = 1e-6;
    private const double LargestPlain = 1e21;

    private byte[] _buffer;
    private int _length;
    private int _depth;

    /// <exception cref="ScriptValueException">A value has no JSON representation.</exception>
    public static byte[] Write(in LuaValue value)
    {
        var writer = new LuaJsonWriter { _buffer = ArrayPool<byte>.Shared.Rent(256) };
        try
        {
            writer.Value(value);
            return writer._buffer.AsSpan(0, writer._length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(writer._buffer);
        }
    }

    private void Value(in LuaValue value)
    {
        switch (value.Kind)
        {
            case LuaKind.Nil: Add("null"u8); break;
            case LuaKind.Boolean: Add(value.IsTruthy ? "true"u8 : "false"u8); break;
            case LuaKind.Number: Number(value.AsNumber); break;
            case LuaKind.String: Text(value.AsString!.Span); break;
            case LuaKind.Table: Table(value.AsTable!); break;
            case LuaKind.Function: Text(LuaText.Of(value).Span); break;
            default: throw new ScriptValueException($"json: unsupported type: {LuaText.NameOf(value.Kind)}");
        }
    }

    private void Table(LuaTable table)
    {
        if (++_depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ScriptValueException("json: a table contains itself, or is nested too deep");
        var length = table.Length;
        if (length > 0) Array(table, length);
        else Object(table);
        _depth--;
    }

    private void Array(LuaTable table, int length)
    {
        Add((byte)'[');
        for (var i = 1; i <= length; i++)
        {
            if (i > 1) Add((byte)',');
            Value(table.GetInteger(i));
        }

        Add((byte)']');
    }

    private void Object(LuaTable table)
    {
        Add((byte)'{');
        var cursor = 0;
        if (table.TryNext(ref cursor, out var key, out var value))
        {
            if (!table.TryNext(ref cursor, out var nextKey, out var nextValue)) Member(LuaText.Of(key), value);
            else Members(table, cursor, [(LuaText.Of(key), value), (LuaText.Of(nextKey), nextValue)]);
        }

        Add((byte)'}');
    }

    private void Members(LuaTable table, int cursor, List<(LuaString Key, LuaValue Value)> members)
    {
        while (table.TryNext(ref cursor, out var key, out var value)) members.Add((LuaText.Of(key), value));
        members.Sort(static (x, y) => x.Key.CompareTo(y.Key));
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0) Add((byte)',');
            Member(members[i].Key, members[i].Value);
        }
    }

    private void Member(LuaString key, in LuaValue value)
    {
        Text(key.Span);
        Add((byte)':');
        Value(value);
    }

    private void Number(double value)
    {
        if (!double.IsFinite(value)) throw new ScriptValueException($"json: unsupported value: {LuaNumber.FormatShortest(value, 0)}");
        Span<byte> text = stackalloc byte[40];
        if (LuaNumber.IsWhole(value))
        {
            Add(text[..LuaNumber.Format(value, text)]);
            return;
        }

        var size = Math.Abs(value);
        if (size is >= SmallestPlain and < LargestPlain) Add(Encoding.ASCII.GetBytes(PlainDigits(value)));
        else Add(Encoding.ASCII.GetBytes(LuaNumber.FormatShortest(value, 0).Replace("e-0", "e-", StringComparison.Ordinal)));
    }

    /// <summary>The shortest decimal form without an exponent.</summary>
    private static string PlainDigits(double value)
    {
        var text = LuaNumber.FormatShortest(value, int.MaxValue);
        if (!text.Contains('e', StringComparison.Ordinal)) return text;
        var sign = text[0] == '-' ? "-" : "";
        var mark = text.IndexOf('e', StringComparison.Ordinal);
        var exponent = int.Parse(text.AsSpan(mark + 1), provider: System.Globalization.CultureInfo.InvariantCulture);
        return sign + "0." + new string('0', -exponent - 1) + text[sign.Length..mark].Replace(".", "", StringComparison.Ordinal);
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        Add((byte)'"');
        while (true)
        {
            var plain = text.IndexOfAnyExcept(LuaJsonText.Plain);
            if (plain < 0) break;
            Add(text[..plain]);
            text = text[(plain + Special(text[plain..]))..];
        }

        Add(text);
        Add((byte)'"');
    }

    /// <summary>Writes the first character of the text, and returns its length in bytes.</summary>
    private int Special(ReadOnlySpan<byte> text)
    {
        var c = text[0];
        if (c >= 0x80)
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var length) != OperationStatus.Done)
            {
                Add("\\ufffd"u8);
                return 1;
            }

            if (rune.Value is 0x2028 or 0x2029) Add(rune.Value == 0x2028 ? "\\u2028"u8 : "\\u2029"u8);
            else Add(text[..length]);
            return length;
        }

        switch (c)
        {
            case (byte)'"': Add("\\\""u8); break;
            case (byte)'\\': Add("\\\\"u8); break;
            case (byte)'\n': Add("\\n"u8); break;
            case (byte)'\r': Add("\\r"u8); break;
            case (byte)'\t': Add("\\t"u8); break;
            case (byte)'\b': Add("\\b"u8); break;
            case (byte)'\f': Add("\\f"u8); break;
            default:
                Add("\\u00"u8);
                Add("0123456789abcdef"u8[c >> 4]);
                Add("0123456789abcdef"u8[c & 15]);
                break;
        }

        return 1;
    }

    private void Add(byte value)
    {
        if (_length == _buffer.Length) Grow(1);
        _buffer[_length++] = value;
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _length) Grow(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(_length + needed), _buffer.Length * 2));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
