using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Nakama.Lua;
using Nakama.Protocol.Json;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Lua;

/// <summary>
/// Parses JSON into tables: null is nil wherever it occurs. Errors have the messages that modules expect; an error at
/// the end of the text is reported as if a space followed it.
/// </summary>
internal ref struct LuaJsonReader
{
    private const int MaxDepth = 10_000;
    private const string Truncated = "unexpected end of JSON input";

    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private int _depth;

    private LuaJsonReader(ReadOnlySpan<byte> text) => _text = text;

    /// <exception cref="ScriptValueException">The text is not a single JSON value.</exception>
    public static LuaValue Read(ReadOnlySpan<byte> text)
    {
        var reader = new LuaJsonReader(text);
        var value = reader.Value();
        if (reader.Peek() >= 0) throw reader.Invalid("after top-level value");
        return value;
    }

    private LuaValue Value()
    {
        switch (Peek())
        {
            case '{': return Object();
            case '[': return Array();
            case '"': return String();
            case 't': Literal("true"u8); return true;
            case 'f': Literal("false"u8); return false;
            case 'n': Literal("null"u8); return default;
            case '-' or (>= '0' and <= '9'): return Number();
            case < 0: throw new ScriptValueException(Truncated);
            default: throw Invalid("looking for beginning of value");
        }
    }

    private LuaTable Object()
    {
        Enter();
        var table = new LuaTable(0, 4);
        if (Peek() == '}') return Leave(table);
        while (true)
        {
            Expect('"', "looking for beginning of object key string");
            var key = String();
            Expect(':', "after object key");
            _at++;
            var value = Value();
            table.SetString(key, value);
            if (Peek() == '}') return Leave(table);
            Expect(',', "after object key:value pair");
            _at++;
        }
    }

    private LuaTable Array()
    {
        Enter();
        var table = new LuaTable();
        if (Peek() == ']') return Leave(table);
        for (var index = 1; ; index++)
        {
            var value = Value();
            if (!value.IsNil) table.SetInteger(index, value);
            if (Peek() == ']') return Leave(table);
            Expect(',', "after array element");
            _at++;
        }
    }

    private LuaString String()
    {
        var start = ++_at;
        var rest = _text[start..];
        var end = rest.IndexOfAny(LuaJsonText.Stops);
        if (end < 0) throw new ScriptValueException(Truncated);
        var bytes = rest[..end];
        if (rest[end] == '"' && Utf8.IsValid(bytes))
        {
            _at += end + 1;
            return LuaString.From(bytes);
        }

        return EscapedString();
    }

    /// <summary>A string with escapes, or with invalid UTF-8 bytes, which become U+FFFD.</summary>
    private LuaString EscapedString()
    {
        var bytes = new List<byte>();
        while (true)
        {
            if (_at == _text.Length) throw new ScriptValueException(Truncated);
            var c = _text[_at];
            if (c == '"')
            {
                _at++;
                return LuaString.Over([.. bytes]);
            }

            if (c < ' ') throw Invalid("in string literal");
            if (c == '\\')
            {
                _at++;
                Escape(bytes);
            }
            else if (c < 0x80)
            {
                bytes.Add(c);
                _at++;
            }
            else
            {
                var isValid = Rune.DecodeFromUtf8(_text[_at..], out var rune, out var length) == System.Buffers.OperationStatus.Done;
                Add(bytes, isValid ? rune : Rune.ReplacementChar);
                _at += isValid ? length : 1;
            }
        }
    }

    private void Escape(List<byte> bytes)
    {
        var c = _at < _text.Length ? _text[_at] : (byte)' ';
        var plain = "\"\\/bfnrt"u8.IndexOf(c);
        if (plain >= 0)
        {
            bytes.Add("\"\\/\b\f\n\r\t"u8[plain]);
            _at++;
            return;
        }

        if (c != 'u') throw Invalid("in string escape code");
        _at++;
        var unit = (char)HexDigits();
        if (char.IsHighSurrogate(unit) && _text[_at..].StartsWith("\\u"u8))
        {
            var before = _at;
            _at += 2;
            var next = (char)HexDigits();
            if (char.IsLowSurrogate(next))
            {
                Add(bytes, new Rune(unit, next));
                return;
            }

            _at = before;
        }

        Add(bytes, Rune.TryCreate(unit, out var rune) ? rune : Rune.ReplacementChar);
    }

    private int HexDigits()
    {
        var value = 0;
        for (var i = 0; i < 4; i++, _at++)
        {
            if (_at == _text.Length || !char.IsAsciiHexDigit((char)_text[_at])) throw Invalid("in \\u hexadecimal character escape");
            value = (value << 4) | Convert.ToInt32(((char)_text[_at]).ToString(), 16);
        }

        return value;
    }

    private LuaValue Number()
    {
        var start = _at;
        if (_text[_at] == '-') _at++;
        if (!IsDigit) throw Invalid("in numeric literal");
        if (_text[_at] == '0') _at++;
        else SkipDigits();
        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            if (!IsDigit) throw Invalid("after decimal point in numeric literal");
            SkipDigits();
        }

        if (_at < _text.Length && _text[_at] is (byte)'e' or (byte)'E')
        {
            _at++;
            if (_at < _text.Length && _text[_at] is (byte)'+' or (byte)'-') _at++;
            if (!IsDigit) throw Invalid("in exponent of numeric literal");
            SkipDigits();
        }

        var digits = _text[start.._at];
        var number = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number)
            ? number
            : throw new ScriptValueException($"json: cannot unmarshal number {Encoding.ASCII.GetString(digits)} into Go value of type float64");
    }

    private void Literal(ReadOnlySpan<byte> word)
    {
        for (var i = 0; i < word.Length; i++, _at++)
        {
            if (_at == _text.Length || _text[_at] != word[i])
                throw Invalid($"in literal {Encoding.ASCII.GetString(word)} (expecting '{(char)word[i]}')");
        }
    }

    private readonly bool IsDigit => _at < _text.Length && char.IsAsciiDigit((char)_text[_at]);

    private void SkipDigits()
    {
        while (IsDigit) _at++;
    }

    /// <summary>The next byte that is not white space, or -1 at the end.</summary>
    private int Peek()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') _at++;
        return _at < _text.Length ? _text[_at] : -1;
    }

    private void Expect(char wanted, string where)
    {
        var next = Peek();
        if (next == wanted) return;
        throw next < 0 ? new ScriptValueException(Truncated) : Invalid(where);
    }

    private void Enter()
    {
        if (++_depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw Invalid("exceeded max depth");
        _at++;
    }

    private LuaTable Leave(LuaTable table)
    {
        _depth--;
        _at++;
        return table;
    }

    private static void Add(List<byte> bytes, Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
    }

    private readonly ScriptValueException Invalid(string where) =>
        new($"invalid character {JsonSyntax.Quote(_at < _text.Length ? _text[_at] : (byte)' ')} {where}");
}
