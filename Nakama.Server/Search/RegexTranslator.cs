using System.Globalization;
using System.Text;

namespace Nakama.Server.Search;

/// <summary>
/// Translates a regular expression of the query language into one of .NET: the same classes, groups and repetitions,
/// anchored to the whole text, matching by code point instead of by UTF-16 code unit. Constructs that the language does not
/// have (anchors, word boundaries, lazy quantifiers, lookarounds, backreferences) are refused.
/// </summary>
internal ref struct RegexTranslator
{
    private const int MaxRepeat = 1000;
    private const string AnyPair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private readonly StringBuilder _out = new();
    private readonly ReadOnlySpan<char> _pattern;
    private int _at;
    private int _depth;
    private bool _dotIsAll;

    // The literal prefix of every match; it ends at the first element that is not a literal character.
    private readonly StringBuilder _prefix = new();
    private bool _isPrefixDone;

    private RegexTranslator(ReadOnlySpan<char> pattern) => _pattern = pattern;

    /// <summary>The .NET expression, and the prefix of every match.</summary>
    /// <exception cref="SearchQueryException">The expression is invalid in this language.</exception>
    public static (string Pattern, string Prefix) Translate(string pattern)
    {
        if (pattern.Length > SearchLimits.RegexLength) throw SearchQueryException.Unable("regular expression is too long");
        var translator = new RegexTranslator(pattern.StartsWith('^') ? pattern.AsSpan(1) : pattern);
        translator._out.Append(@"\A(?:");
        translator.Alternatives();
        if (translator._at < translator._pattern.Length) throw Wrong("unexpected )");
        return (translator._out.Append(@")\z").ToString(), translator._prefix.ToString());
    }

    private void Alternatives()
    {
        if (++_depth > SearchLimits.RegexDepth) throw Wrong("nesting too deep");
        var dotIsAll = _dotIsAll;
        while (_at < _pattern.Length && _pattern[_at] != ')')
        {
            if (TryTake('|'))
            {
                _out.Append('|');
                // Inside a group the prefix is already complete.
                if (_depth == 1) _prefix.Clear();
                _isPrefixDone = true;
            }
            else
            {
                Repeated();
            }
        }

        _dotIsAll = dotIsAll;
        _depth--;
    }

    private void Repeated()
    {
        var (start, prefixLength) = (_at, _prefix.Length);
        var isLiteral = IsLiteral(_pattern[start]);
        if (!isLiteral) _isPrefixDone = true;
        if (!Atom()) return;
        if (isLiteral && !_isPrefixDone) _prefix.Append(_pattern[start.._at]);
        if (_at == _pattern.Length) return;
        var repetition = Repetition();
        if (repetition.IsEmpty) return;
        if (!_isPrefixDone) _prefix.Length = prefixLength;
        _isPrefixDone = true;
        _out.Append(repetition);
        if (_at == _pattern.Length) return;
        if (_pattern[_at] == '?') throw Wrong("lazy quantifiers are not supported");
        if (!Repetition().IsEmpty) throw Wrong("invalid nested repetition operator");
    }

    /// <summary>Whether the character is a literal. Surrogates are not: a lone one is read as another character.</summary>
    private static bool IsLiteral(char c) => c is not ('(' or '[' or '.' or '*' or '+' or '?' or '^' or '$' or '\\') && !char.IsSurrogate(c);

    /// <summary>The repetition that follows; empty when there is none.</summary>
    private ReadOnlySpan<char> Repetition()
    {
        var rest = _pattern[_at..];
        if (rest.IsEmpty) return rest;
        if (rest[0] is '*' or '+' or '?')
        {
            _at++;
            return rest[..1];
        }

        var end = rest[0] == '{' ? rest.IndexOf('}') : -1;
        if (end < 0) return default;
        var inner = rest[1..end];
        var comma = inner.IndexOf(',');
        var least = comma < 0 ? inner : inner[..comma];
        var most = comma < 0 ? least : inner[(comma + 1)..];
        if (!TryCount(least, out var low)) return default;
        var high = low;
        if (!most.IsEmpty && !TryCount(most, out high)) return default;
        if (low > MaxRepeat || high > MaxRepeat || low > high) throw Wrong("invalid repeat count");
        _at += end + 1;
        return rest[..(end + 1)];
    }

    private static bool TryCount(ReadOnlySpan<char> text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    /// <summary>One element that may be repeated; false when it was a flag setting, which cannot be.</summary>
    private bool Atom()
    {
        var c = _pattern[_at];
        switch (c)
        {
            case '(':
                return Group();
            case '[':
                _at++;
                Class();
                return true;
            case '.':
                _at++;
                _out.Append("(?:").Append(AnyPair).Append(_dotIsAll ? @"|[^\uD800-\uDFFF])" : @"|[^\n\uD800-\uDFFF])");
                return true;
            case '*' or '+' or '?':
                throw Wrong("missing argument to repetition operator");
            case '^' or '$':
                throw Wrong("anchors are not supported");
            case '\\':
                Escape();
                return true;
            default:
                Literal(TakeRune());
                return true;
        }
    }

    private bool Group()
    {
        _at++;
        if (!TryTake('?')) return Inside("(?:");
        if (TryTake('P') && !(_at < _pattern.Length && _pattern[_at] == '<')) throw Wrong("invalid named capture");
        if (TryTake('<'))
        {
            var end = _pattern[_at..].IndexOf('>');
            if (end <= 0 || _pattern.Slice(_at, end).ContainsAnyExcept(RegexClasses.NameCharacters)) throw Wrong("invalid named capture");
            _at += end + 1;
            return Inside("(?:");
        }

        return Settings();
    }

    /// <summary>Flags of a group, or of the rest of the enclosing group.</summary>
    private bool Settings()
    {
        var (isOff, on, off, dotIsAll) = (false, "", "", _dotIsAll);
        while (_at < _pattern.Length)
        {
            switch (_pattern[_at++])
            {
                case '-' when !isOff:
                    isOff = true;
                    break;
                case 'i':
                    if (isOff) off = "-i";
                    else on = "i";
                    break;
                case 's':
                    dotIsAll = !isOff;
                    break;
                // This flag only affects anchors, which are refused.
                case 'm':
                    break;
                case ')':
                    _dotIsAll = dotIsAll;
                    if (on.Length + off.Length > 0) _out.Append("(?").Append(on).Append(off).Append(')');
                    return false;
                case ':':
                    var outside = _dotIsAll;
                    _dotIsAll = dotIsAll;
                    Inside($"(?{on}{off}:");
                    _dotIsAll = outside;
                    return true;
                default:
                    throw Wrong("invalid or unsupported group");
            }
        }

        throw Wrong("missing )");
    }

    private bool Inside(string opening)
    {
        _out.Append(opening);
        Alternatives();
        if (!TryTake(')')) throw Wrong("missing )");
        _out.Append(')');
        return true;
    }

    private void Escape()
    {
        _at++;
        if (_at == _pattern.Length) throw Wrong("trailing backslash");
        if (TryTake('Q'))
        {
            Quoted();
            return;
        }

        var set = new RegexClass();
        if (TryClassEscape(ref set))
        {
            set.AppendTo(_out, isNegated: false);
            return;
        }

        Literal(EscapedRune());
    }

    private void Quoted()
    {
        var end = _pattern[_at..].IndexOf(@"\E", StringComparison.Ordinal);
        var stop = end < 0 ? _pattern.Length : _at + end;
        _out.Append("(?:");
        while (_at < stop) Literal(TakeRune());
        _out.Append(')');
        if (end >= 0) _at += 2;
    }

    private void Class()
    {
        var isNegated = TryTake('^');
        var set = new RegexClass();
        for (var isFirst = true; isFirst || _at >= _pattern.Length || _pattern[_at] != ']'; isFirst = false)
        {
            if (_at >= _pattern.Length) throw Wrong("missing closing ]");
            if (TryNamedClass(ref set)) continue;
            if (_pattern[_at] == '\\')
            {
                _at++;
                if (TryClassEscape(ref set)) continue;
                _at--;
            }

            var first = ClassRune();
            var last = first;
            if (_at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']')
            {
                _at++;
                last = ClassRune();
            }

            if (first > last) throw Wrong("invalid character class range");
            set.AddRange(first, last);
        }

        _at++;
        set.AppendTo(_out, isNegated);
    }

    /// <summary>A class within brackets, such as <c>[:alpha:]</c>.</summary>
    private bool TryNamedClass(ref RegexClass set)
    {
        var rest = _pattern[_at..];
        if (!rest.StartsWith("[:")) return false;
        var end = rest.IndexOf(":]", StringComparison.Ordinal);
        if (end < 0) return false;
        var name = rest[2..end];
        var isNegated = name.StartsWith('^');
        set.AddNamed(isNegated ? name[1..] : name, isNegated);
        _at += end + 2;
        return true;
    }

    /// <summary>A class after a backslash, such as <c>\d</c>; false when it is a character.</summary>
    private bool TryClassEscape(ref RegexClass set)
    {
        if (_at == _pattern.Length) throw Wrong("trailing backslash");
        switch (_pattern[_at])
        {
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                set.AddPerl(_pattern[_at++]);
                return true;
            case 'p' or 'P':
                var isNegated = _pattern[_at++] == 'P';
                var rest = _pattern[_at..];
                if (rest.IsEmpty) throw Wrong("invalid character class");
                var end = rest[0] == '{' ? rest.IndexOf('}') : 0;
                if (end < 0) throw Wrong("invalid character class");
                var name = end == 0 ? rest[..1] : rest[1..end];
                if (name.StartsWith('^'))
                {
                    name = name[1..];
                    isNegated = !isNegated;
                }

                set.AddCategory(name, isNegated);
                _at += end + 1;
                return true;
            default:
                return false;
        }
    }

    private Rune ClassRune()
    {
        if (_at >= _pattern.Length) throw Wrong("missing closing ]");
        if (_pattern[_at] != '\\') return TakeRune();
        _at++;
        return EscapedRune();
    }

    private Rune EscapedRune()
    {
        if (_at == _pattern.Length) throw Wrong("trailing backslash");
        var rune = TakeRune();
        switch (rune.Value)
        {
            case 'a': return new('\a');
            case 'f': return new('\f');
            case 'n': return new('\n');
            case 'r': return new('\r');
            case 't': return new('\t');
            case 'v': return new('\v');
            case 'x': return HexRune();
            case >= '1' and <= '7' when _at == _pattern.Length || _pattern[_at] is < '0' or > '7': throw Wrong("references are not supported");
            case >= '0' and <= '7':
                var code = rune.Value - '0';
                for (var i = 1; i < 3 && _at < _pattern.Length && _pattern[_at] is >= '0' and <= '7'; i++) code = (code * 8) + _pattern[_at++] - '0';
                return new(code);
            default:
                return rune.IsAscii && !Rune.IsLetterOrDigit(rune) ? rune : throw Wrong("invalid escape sequence");
        }
    }

    private Rune HexRune()
    {
        var rest = _pattern[_at..];
        var end = rest.StartsWith('{') ? rest.IndexOf('}') : 2;
        if (end < 0 || end > rest.Length) throw Wrong("invalid escape sequence");
        var digits = rest.StartsWith('{') ? rest[1..end] : rest[..end];
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
            throw Wrong("invalid escape sequence");
        _at += rest.StartsWith('{') ? end + 1 : end;
        return new(code);
    }

    private readonly void Literal(Rune rune)
    {
        if (rune.IsBmp) RegexClass.AppendUnit(_out, rune.Value);
        else RegexClass.AppendPair(_out.Append("(?:"), rune).Append(')');
    }

    private Rune TakeRune()
    {
        Rune.DecodeFromUtf16(_pattern[_at..], out var rune, out var length);
        _at += length;
        return rune;
    }

    private bool TryTake(char c)
    {
        if (_at == _pattern.Length || _pattern[_at] != c) return false;
        _at++;
        return true;
    }

    private static SearchQueryException Wrong(string what) => SearchQueryException.Unable($"error parsing regexp: {what}");
}
