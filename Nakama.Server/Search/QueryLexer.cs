using System.Text;

namespace Nakama.Server.Search;

/// <summary>
/// Splits a query into words. Only a space, a colon, a caret or a tilde ends a word, so most punctuation is ordinary inside
/// one; a caret or tilde itself takes everything up to the next space.
/// </summary>
internal ref struct QueryLexer(ReadOnlySpan<char> query)
{
    private const string Escapable = "+-=&|><!(){}[]^\"~*?:\\/ ";

    private readonly StringBuilder _word = new();
    private ReadOnlySpan<char> _rest = query;

    /// <summary>The number of characters after the last word.</summary>
    public readonly int Left => _rest.Length;

    public QueryToken Next()
    {
        while (TryPeek(out var rune))
        {
            if (rune.Value == '\\')
            {
                Take(rune);
                return TryPeek(out _) ? Word(isNumber: false, isEscaped: true) : default;
            }

            var sign = rune.Value switch
            {
                '+' => QueryTokenKind.Plus,
                '-' => QueryTokenKind.Minus,
                ':' => QueryTokenKind.Colon,
                '>' => QueryTokenKind.Greater,
                '<' => QueryTokenKind.Less,
                '=' => QueryTokenKind.Equal,
                _ => QueryTokenKind.End,
            };
            if (sign != QueryTokenKind.End)
            {
                Take(rune);
                return new(sign, "");
            }

            switch (rune.Value)
            {
                case '"':
                    Take(rune);
                    return Phrase();
                case '^':
                    Take(rune);
                    return Suffix(QueryTokenKind.Boost);
                case '~':
                    Take(rune);
                    return Suffix(QueryTokenKind.Tilde);
            }

            if (!Rune.IsWhiteSpace(rune)) return Word(isNumber: IsDigit(rune), isEscaped: false);
            Take(rune);
        }

        return default;
    }

    private static bool IsDigit(Rune rune) => Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.DecimalDigitNumber;

    private QueryToken Word(bool isNumber, bool isEscaped)
    {
        var hasDot = false;
        _word.Clear();
        while (TryPeek(out var rune))
        {
            if (isEscaped)
            {
                Take(rune);
                isEscaped = false;
                // An escaped word is never a number.
                isNumber = false;
                AppendEscaped(rune);
                continue;
            }

            if (rune.Value is ' ' or ':' or '^' or '~') break;
            Take(rune);
            if (rune.Value == '\\')
            {
                isEscaped = true;
                continue;
            }

            if (isNumber && !IsDigit(rune))
            {
                isNumber = rune.Value == '.' && !hasDot;
                hasDot = true;
            }

            Append(rune);
        }

        return new(isNumber ? QueryTokenKind.Number : QueryTokenKind.Text, _word.ToString());
    }

    private QueryToken Phrase()
    {
        _word.Clear();
        var isEscaped = false;
        while (TryPeek(out var rune))
        {
            Take(rune);
            if (!isEscaped && rune.Value == '"') return new(QueryTokenKind.Phrase, _word.ToString());
            AppendOrEscape(rune, ref isEscaped);
        }

        throw SearchQueryException.Syntax("parse error: unterminated quote");
    }

    private QueryToken Suffix(QueryTokenKind kind)
    {
        _word.Clear();
        var isEscaped = false;
        while (TryPeek(out var rune))
        {
            Take(rune);
            if (!isEscaped && rune.Value == ' ') break;
            AppendOrEscape(rune, ref isEscaped);
        }

        return new(kind, _word.Length == 0 ? "1" : _word.ToString());
    }

    private readonly void AppendOrEscape(Rune rune, ref bool isEscaped)
    {
        if (isEscaped) AppendEscaped(rune);
        else if (rune.Value != '\\') Append(rune);
        isEscaped = !isEscaped && rune.Value == '\\';
    }

    private readonly void AppendEscaped(Rune rune)
    {
        if (!rune.IsAscii || !Escapable.Contains((char)rune.Value, StringComparison.Ordinal)) _word.Append('\\');
        Append(rune);
    }

    private readonly void Append(Rune rune)
    {
        if (rune.IsBmp) _word.Append((char)rune.Value);
        else _word.Append(rune.ToString());
    }

    // A lone surrogate is read as the replacement character, which is also one character.
    private readonly bool TryPeek(out Rune rune)
    {
        Rune.DecodeFromUtf16(_rest, out rune, out var length);
        return length > 0;
    }

    private void Take(Rune rune) => _rest = _rest[rune.Utf16SequenceLength..];
}
