using System.Buffers;
using System.Globalization;

namespace Nakama.Protocol.Json;

/// <summary>Describes the syntax error of a JSON text in the wording that clients expect. Only runs after a failure.</summary>
internal ref struct JsonSyntax
{
    private const string TooDeep = "exceeded max depth";
    private const string Truncated = "unexpected EOF";
    private const string TruncatedWhole = "unexpected end of JSON input";
    private static readonly SearchValues<byte> Space = SearchValues.Create(" \t\r\n"u8);

    private readonly ReadOnlySpan<byte> _text;
    private int _at;

    private JsonSyntax(ReadOnlySpan<byte> text) => _text = text;

    /// <summary>The first error of the first value in the text; null when its syntax is valid or it is nested too deeply.</summary>
    public static string? FindFault(ReadOnlySpan<byte> text)
    {
        var fault = new JsonSyntax(text).Value(0);
        return fault == TooDeep ? null : fault;
    }

    /// <summary>The first error of a text that should be exactly one value; null when its syntax is valid.</summary>
    public static string? FindFaultOfWhole(ReadOnlySpan<byte> text)
    {
        var syntax = new JsonSyntax(text);
        var fault = syntax.Value(0);
        if (fault is null && syntax.Peek() >= 0) return syntax.Invalid("after top-level value");
        // A text that ends prematurely has its own message.
        return fault == Truncated ? TruncatedWhole : fault;
    }

    private string? Value(int depth)
    {
        if (depth > ProtoJson.MaxDepth) return TooDeep;
        SkipSpace();
        if (_at == _text.Length) return Truncated;
        switch (_text[_at])
        {
            case (byte)'{': return Object(depth);
            case (byte)'[': return Array(depth);
            case (byte)'"': return String();
            case (byte)'t': return Literal("true");
            case (byte)'f': return Literal("false");
            case (byte)'n': return Literal("null");
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'): return Number();
            default: return Invalid("looking for beginning of value");
        }
    }

    private string? Object(int depth)
    {
        _at++;
        if (Peek() == '}') return Take();
        while (true)
        {
            if (Peek() != '"') return Invalid("looking for beginning of object key string");
            if (String() is { } inKey) return inKey;
            if (Peek() != ':') return Invalid("after object key");
            _at++;
            if (Value(depth + 1) is { } inValue) return inValue;
            if (Peek() == '}') return Take();
            if (Peek() != ',') return Invalid("after object key:value pair");
            _at++;
        }
    }

    private string? Array(int depth)
    {
        _at++;
        if (Peek() == ']') return Take();
        while (true)
        {
            if (Value(depth + 1) is { } fault) return fault;
            if (Peek() == ']') return Take();
            if (Peek() != ',') return Invalid("after array element");
            _at++;
        }
    }

    private string? String()
    {
        _at++;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '"') return Take();
            if (c < 0x20) return Invalid("in string literal");
            _at++;
            if (c != '\\') continue;
            if (_at == _text.Length) return Truncated;
            if (!"\"\\/bfnrtu"u8.Contains(_text[_at])) return Invalid("in string escape code");
            var digits = _text[_at++] == 'u' ? 4 : 0;
            for (; digits > 0; digits--, _at++)
            {
                if (_at == _text.Length || !char.IsAsciiHexDigit((char)_text[_at])) return Invalid("in \\u hexadecimal character escape");
            }
        }

        return Truncated;
    }

    private string? Number()
    {
        if (_text[_at] == '-') _at++;
        if (!IsDigit) return Invalid("in numeric literal");
        if (_text[_at] == '0') _at++;
        else SkipDigits();
        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            if (!IsDigit) return Invalid("after decimal point in numeric literal");
            SkipDigits();
        }

        if (_at == _text.Length || _text[_at] is not ((byte)'e' or (byte)'E')) return null;
        _at++;
        if (_at < _text.Length && _text[_at] is (byte)'+' or (byte)'-') _at++;
        if (!IsDigit) return Invalid("in exponent of numeric literal");
        SkipDigits();
        return null;
    }

    private string? Literal(string word)
    {
        for (var i = 0; i < word.Length; i++, _at++)
        {
            if (_at == _text.Length || _text[_at] != word[i])
                return Invalid($"in literal {word} (expecting '{word[i]}')");
        }

        return null;
    }

    private readonly bool IsDigit => _at < _text.Length && char.IsAsciiDigit((char)_text[_at]);

    private void SkipDigits()
    {
        while (IsDigit) _at++;
    }

    private void SkipSpace()
    {
        var next = _text[_at..].IndexOfAnyExcept(Space);
        _at = next < 0 ? _text.Length : _at + next;
    }

    /// <summary>The next byte that is not white space, or -1 at the end.</summary>
    private int Peek()
    {
        SkipSpace();
        return _at < _text.Length ? _text[_at] : -1;
    }

    private string? Take()
    {
        _at++;
        return null;
    }

    private readonly string Invalid(string where) =>
        _at == _text.Length ? Truncated : $"invalid character {Quote(_text[_at])} {where}";

    /// <summary>A byte as these messages show it, as a Latin-1 character.</summary>
    public static string Quote(byte c) => (char)c switch
    {
        '\'' => @"'\''",
        '\\' => @"'\\'",
        '\n' => @"'\n'",
        '\r' => @"'\r'",
        '\t' => @"'\t'",
        < ' ' or '\x7f' => string.Create(CultureInfo.InvariantCulture, $"'\\x{c:x2}'"),
        >= '\x80' and < '\xa1' or '\xad' => string.Create(CultureInfo.InvariantCulture, $"'\\u{(int)c:x4}'"),
        var other => $"'{other}'",
    };
}
