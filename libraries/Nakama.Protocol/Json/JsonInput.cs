using System.Text;
using System.Text.Json;

namespace Nakama.Protocol.Json;

/// <summary>A JSON text being read: the current token, and the error messages for it.</summary>
internal ref struct JsonInput(ReadOnlySpan<byte> utf8, bool ignoresUnknown)
{
    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private Utf8JsonReader _reader = new(utf8, new JsonReaderOptions { MaxDepth = ProtoJson.MaxDepth });
    private int _messages;

    public bool IgnoresUnknown { get; } = ignoresUnknown;

    public readonly JsonTokenType Kind => _reader.TokenType;

    public readonly bool IsEscaped => _reader.ValueIsEscaped;

    /// <summary>The token without its quotes, escapes not resolved.</summary>
    public readonly ReadOnlySpan<byte> Value => _reader.ValueSpan;

    public void Read()
    {
        if (!_reader.Read()) throw new JsonException();
    }

    /// <summary>Nothing but white space may follow.</summary>
    public void ReadEnd()
    {
        if (_reader.Read()) throw UnexpectedToken();
    }

    /// <summary>Skips the value of the property name that is the current token.</summary>
    public void SkipValue()
    {
        Read();
        _reader.Skip();
    }

    public void CountMessage()
    {
        if (++_messages > ProtoJson.MaxMessages) throw new ProtoJsonException("proto: too many messages");
    }

    public readonly int CopyValue(Span<byte> destination) => _reader.CopyString(destination);

    /// <summary>The text of a string or a property name.</summary>
    public readonly string GetString()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw BadText();
        }
    }

    public readonly ProtoJsonException UnexpectedToken() => Syntax($"unexpected token {Raw()}");

    public readonly ProtoJsonException InvalidValue(string kind, string name) =>
        At($"invalid value for {kind} field {name}: {Raw()}");

    public readonly ProtoJsonException InvalidKey(string kind) => At($"invalid value for {kind} key: {Raw()}");

    public readonly ProtoJsonException InvalidWellKnown(string type) => At($"invalid {type} value {Raw()}");

    public readonly ProtoJsonException UnknownField() => At($"unknown field {Raw()}");

    public readonly ProtoJsonException DuplicateField() => At($"duplicate field {Raw()}");

    public readonly ProtoJsonException DuplicateKey() => At($"duplicate map key {Raw()}");

    public readonly ProtoJsonException OneofAlreadySet(string name, string oneof) =>
        At($"error parsing \"{name}\", oneof {oneof} is already set");

    private readonly ProtoJsonException At(string what) => new($"proto: ({Position()}): {what}");

    private readonly ProtoJsonException Syntax(string what) => new($"proto: syntax error ({Position()}): {what}");

    private readonly ProtoJsonException BadText()
    {
        var value = _reader.ValueSpan;
        for (var i = 0; _reader.ValueIsEscaped && i + 5 < value.Length; i++)
        {
            if (value[i] != '\\') continue;
            if (value[i + 1] is not ((byte)'u') || value[i + 2] is not ((byte)'d' or (byte)'D') || value[i + 3] < '8')
            {
                i++;
                continue;
            }

            // The low surrogate is expected in the remaining text, even beyond the end of the string.
            var next = _utf8[((int)_reader.TokenStartIndex + 1 + i + 6)..];
            if (next.Length < 6) return new("proto: unexpected EOF");
            if (next[0] != '\\' || next[1] != 'u') return Syntax($"invalid escape code \"{Encoding.UTF8.GetString(next[..6])}\" in string");
            i += 11;
        }

        return Syntax("invalid UTF-8 in string");
    }

    private readonly string Raw()
    {
        var start = (int)_reader.TokenStartIndex;
        var length = Kind switch
        {
            JsonTokenType.String or JsonTokenType.PropertyName => _reader.ValueSpan.Length + 2,
            JsonTokenType.StartArray or JsonTokenType.StartObject or JsonTokenType.EndArray or JsonTokenType.EndObject => 1,
            _ => _reader.ValueSpan.Length,
        };
        return Encoding.UTF8.GetString(_utf8.Slice(start, length));
    }

    private readonly string Position()
    {
        var before = _utf8[..(int)_reader.TokenStartIndex];
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetString(before[(before.LastIndexOf((byte)'\n') + 1)..]).EnumerateRunes().Count() + 1;
        return $"line {line}:{column}";
    }
}
