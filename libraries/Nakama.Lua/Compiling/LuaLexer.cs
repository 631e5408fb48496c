using System.Buffers;

namespace Nakama.Lua.Compiling;

/// <summary>Splits source into tokens, with one token of lookahead.</summary>
internal sealed class LuaLexer(ReadOnlyMemory<byte> source, string chunkName)
{
    private static readonly Dictionary<string, LuaToken> Keywords = new()
    {
        ["and"] = LuaToken.And,
        ["break"] = LuaToken.Break,
        ["do"] = LuaToken.Do,
        ["else"] = LuaToken.Else,
        ["elseif"] = LuaToken.ElseIf,
        ["end"] = LuaToken.EndKeyword,
        ["false"] = LuaToken.False,
        ["for"] = LuaToken.For,
        ["function"] = LuaToken.Function,
        ["goto"] = LuaToken.Goto,
        ["if"] = LuaToken.If,
        ["in"] = LuaToken.In,
        ["local"] = LuaToken.Local,
        ["nil"] = LuaToken.Nil,
        ["not"] = LuaToken.Not,
        ["or"] = LuaToken.Or,
        ["repeat"] = LuaToken.Repeat,
        ["return"] = LuaToken.Return,
        ["then"] = LuaToken.Then,
        ["true"] = LuaToken.True,
        ["until"] = LuaToken.Until,
        ["while"] = LuaToken.While,
    };

    private readonly Dictionary<LuaString, LuaString> _strings = [];
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private int _at;
    private int _column;

    /// <summary>The line that the reader has reached, counted from one.</summary>
    public int ReachedLine { get; private set; } = 1;

    public LuaToken Token { get; private set; }

    /// <summary>The line the current token ends on.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The column the current token ends at.</summary>
    public int Column { get; private set; }

    /// <summary>The text of the current token: a name, the contents of a string, an operator; empty for some punctuation.</summary>
    public LuaString Text { get; private set; } = LuaString.Empty;

    public double Number { get; private set; }

    /// <summary>Advances to the next token.</summary>
    public void Advance()
    {
        Text = LuaString.Empty;
        Token = Scan();
        Line = ReachedLine;
        Column = _column;
    }

    /// <summary>Interns strings, so that equal keys are found by identity.</summary>
    public LuaString Intern(LuaString text)
    {
        if (_strings.TryGetValue(text, out var known)) return known;
        _strings.Add(text, text);
        return text;
    }

    /// <summary>An error at the current token.</summary>
    public LuaException Error(string problem) =>
        Token == LuaToken.End ? ErrorAtEnd(problem) : Error(problem, Text, Line, Column);

    private LuaException ErrorAtEnd(string problem) => new($"{chunkName} at EOF:   {problem}\n");

    private LuaException Error(string problem, LuaString near, int line, int column)
    {
        // The text may contain arbitrary bytes, which must be preserved.
        var head = LuaString.From($"{chunkName} line:{line}(column:{column}) near '");
        var tail = LuaString.From($"':   {problem}\n");
        return new LuaException(new LuaValue(LuaString.Over([.. head.Span, .. near.Span, .. tail.Span])));
    }

    private int Peek() => _at < source.Length ? source.Span[_at] : -1;

    private int Read()
    {
        if (_at >= source.Length) return -1;
        var letter = source.Span[_at++];
        if (letter is (byte)'\n' or (byte)'\r')
        {
            // A pair of both characters is one line break.
            if (_at < source.Length && source.Span[_at] is (byte)'\n' or (byte)'\r' && source.Span[_at] != letter) _at++;
            ReachedLine++;
            _column = 0;
            return '\n';
        }
        _column++;
        return letter;
    }

    private LuaToken Scan()
    {
        while (true)
        {
            var letter = Read();
            switch (letter)
            {
                case -1: return LuaToken.End;
                case ' ' or '\t' or '\v' or '\f' or '\n': continue;
                case '-':
                    if (Peek() != '-') return Mark(LuaToken.Minus, "-"u8);
                    Read();
                    SkipComment();
                    continue;
                case '"' or '\'': return ScanString((byte)letter);
                case '[':
                    if (Peek() is not ('[' or '=')) return Mark(LuaToken.OpenBracket, "["u8);
                    Text = ScanLong("multiline string", isComment: false)!;
                    return LuaToken.String;
                case '=': return Either('=', LuaToken.Equal, "=="u8, LuaToken.Assign, "="u8);
                case '<': return Either('=', LuaToken.LessEqual, "<="u8, LuaToken.Less, "<"u8);
                case '>': return Either('=', LuaToken.GreaterEqual, ">="u8, LuaToken.Greater, ">"u8);
                case ':': return Either(':', LuaToken.DoubleColon, "::"u8, LuaToken.Colon, ":"u8);
                case '~':
                    if (Peek() != '=') throw Error("Invalid '~' token", LuaString.Single((byte)'~'), ReachedLine, _column);
                    Read();
                    return Mark(LuaToken.NotEqual, "~="u8);
                case '.': return ScanDot();
            }
            if (letter is >= '0' and <= '9') return ScanNumber(_at - 1);
            if (IsNameStart(letter)) return ScanName();
            var simple = Simple(letter);
            if (simple != LuaToken.End) return Mark(simple, [(byte)letter]);
            throw Error("Invalid token", LuaString.Single((byte)letter), ReachedLine, _column);
        }
    }

    private static LuaToken Simple(int letter) => letter switch
    {
        '+' => LuaToken.Plus,
        '*' => LuaToken.Star,
        '/' => LuaToken.Slash,
        '%' => LuaToken.Percent,
        '^' => LuaToken.Caret,
        '#' => LuaToken.Hash,
        '(' => LuaToken.OpenParenthesis,
        ')' => LuaToken.CloseParenthesis,
        '{' => LuaToken.OpenBrace,
        '}' => LuaToken.CloseBrace,
        ']' => LuaToken.CloseBracket,
        ';' => LuaToken.Semicolon,
        ',' => LuaToken.Comma,
        _ => LuaToken.End,
    };

    private static bool IsNameStart(int letter) => letter is '_' || char.IsAsciiLetter((char)Math.Max(letter, 0));

    private LuaToken Mark(LuaToken token, ReadOnlySpan<byte> text)
    {
        Text = LuaString.From(text);
        return token;
    }

    private LuaToken Either(int next, LuaToken both, ReadOnlySpan<byte> bothText, LuaToken one, ReadOnlySpan<byte> oneText)
    {
        if (Peek() != next) return Mark(one, oneText);
        Read();
        return Mark(both, bothText);
    }

    private LuaToken ScanDot()
    {
        if (Peek() is >= '0' and <= '9') return ScanNumber(_at - 1);
        if (Peek() != '.') return LuaToken.Dot;
        Read();
        if (Peek() != '.') return Mark(LuaToken.Concat, ".."u8);
        Read();
        return Mark(LuaToken.Dots, "..."u8);
    }

    private LuaToken ScanName()
    {
        var start = _at - 1;
        while (IsNameStart(Peek()) || Peek() is >= '0' and <= '9') Read();
        Text = Intern(LuaString.From(source.Span[start.._at]));
        return Keywords.TryGetValue(Text.ToString(), out var keyword) ? keyword : LuaToken.Name;
    }

    private LuaToken ScanNumber(int start)
    {
        var first = source.Span[start];
        if (first == '0' && (Peek() | 0x20) == 'x')
        {
            Read();
            while (Peek() >= 0 && char.IsAsciiHexDigit((char)Peek())) Read();
            if (_at - start == 2) throw Error("illegal hexadecimal number", LuaString.From(source.Span[start.._at]), ReachedLine, _column);
        }
        else
        {
            while (Peek() is >= '0' and <= '9') Read();
            if (first != '.' && Peek() == '.') Read();
            while (Peek() is >= '0' and <= '9') Read();
            if (Peek() is 'e' or 'E')
            {
                Read();
                if (Peek() is '+' or '-') Read();
                while (Peek() is >= '0' and <= '9') Read();
            }
        }
        Text = LuaString.From(source.Span[start.._at]);
        Number = LuaNumber.ParseLiteral(Text.Span);
        return LuaToken.Number;
    }

    private LuaToken ScanString(byte quote)
    {
        _buffer.ResetWrittenCount();
        while (true)
        {
            var letter = Read();
            if (letter == quote) break;
            if (letter == -1) throw ErrorAtEnd("unterminated string");
            if (letter == '\n') throw Error("unterminated string", LuaString.From(_buffer.WrittenSpan), ReachedLine, _column);
            if (letter == '\\') ScanEscape();
            else Write((byte)letter);
        }
        Text = Intern(LuaString.From(_buffer.WrittenSpan));
        return LuaToken.String;
    }

    private void ScanEscape()
    {
        var letter = Read();
        switch (letter)
        {
            case -1: throw ErrorAtEnd("unterminated string");
            case 'a': Write((byte)'\a'); break;
            case 'b': Write((byte)'\b'); break;
            case 'f': Write((byte)'\f'); break;
            case 'n': Write((byte)'\n'); break;
            case 'r': Write((byte)'\r'); break;
            case 't': Write((byte)'\t'); break;
            case 'v': Write((byte)'\v'); break;
            case >= '0' and <= '9':
                var value = letter - '0';
                for (var more = 0; more < 2 && Peek() is >= '0' and <= '9'; more++) value = (value * 10) + Read() - '0';
                Write((byte)value);
                break;
            default: Write((byte)letter); break;
        }
    }

    private void SkipComment()
    {
        if (Peek() == '[')
        {
            Read();
            if (Peek() is '[' or '=' && ScanLong("multiline comment", isComment: true) is not null) return;
        }
        while (_at < source.Length && source.Span[_at] is not ((byte)'\n' or (byte)'\r')) Read();
    }

    /// <summary>The rest of a long bracket after its first bracket. Null for a comment that is not a long bracket.</summary>
    private LuaString? ScanLong(string what, bool isComment)
    {
        var level = 0;
        while (Peek() == '=')
        {
            Read();
            level++;
        }
        if (Peek() != '[')
        {
            if (isComment) return null;
            var wrong = Read();
            if (wrong == -1) throw ErrorAtEnd($"invalid {what}");
            throw Error($"invalid {what}", LuaString.Single((byte)wrong), ReachedLine, _column);
        }
        Read();
        if (Peek() is '\n' or '\r') Read();
        _buffer.ResetWrittenCount();
        while (true)
        {
            var letter = Read();
            if (letter == -1) throw ErrorAtEnd(isComment ? $"invalid {what}" : $"unterminated {what}");
            if (letter == ']' && Closes(level)) break;
            Write((byte)letter);
        }
        return Intern(LuaString.From(_buffer.WrittenSpan));
    }

    private bool Closes(int level)
    {
        var rest = source.Span[_at..];
        if (rest.Length <= level || rest[level] != ']' || rest[..level].ContainsAnyExcept((byte)'=')) return false;
        for (var count = 0; count <= level; count++) Read();
        return true;
    }

    private void Write(byte letter)
    {
        _buffer.GetSpan(1)[0] = letter;
        _buffer.Advance(1);
    }
}
