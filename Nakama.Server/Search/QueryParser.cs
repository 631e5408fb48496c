using System.Globalization;

namespace Nakama.Server.Search;

/// <summary>Parses the clauses of a query.</summary>
internal ref struct QueryParser
{
    private readonly List<SearchClause> _must = [];
    private readonly List<SearchClause> _should = [];
    private readonly List<SearchClause> _mustNot = [];
    private QueryLexer _lexer;
    private QueryToken _token;
    private readonly int _length;
    private readonly int _maxPatterns;
    private int _tokenStart;
    private int _patterns;
    private string? _fault;

    private QueryParser(string query, int maxPatterns)
    {
        _length = query.Length;
        _maxPatterns = maxPatterns;
        _lexer = new(query);
        _token = _lexer.Next();
    }

    /// <param name="query">The text.</param>
    /// <param name="maxPatterns">Patterns beyond this number are not created, and the query then fails when it is run.</param>
    /// <exception cref="SearchQueryException">The text is not a valid query.</exception>
    public static SearchQuery Parse(string query, int maxPatterns)
    {
        if (query.Length > SearchLimits.QueryLength) throw SearchQueryException.Syntax("query is too long");
        var parser = new QueryParser(query, maxPatterns);
        var count = 0;
        do
        {
            if (++count > SearchLimits.Clauses) throw SearchQueryException.Syntax("query has too many clauses");
            parser.ReadClause();
        }
        while (parser._token.Kind != QueryTokenKind.End);
        return new SearchQuery(query, [.. parser._must], [.. parser._should], [.. parser._mustNot], parser._patterns, parser._fault);
    }

    private void ReadClause()
    {
        var clauses = _token.Kind switch
        {
            QueryTokenKind.Plus => _must,
            QueryTokenKind.Minus => _mustNot,
            _ => _should,
        };
        var start = _tokenStart;
        if (clauses != _should) Advance();
        var draft = ReadBase();
        var boost = 1.0;
        if (_token.Kind == QueryTokenKind.Boost) boost = ParseNumber(Advance().Text);
        var clause = Finish(draft, boost);
        clause.Place = (start, _tokenStart);
        clauses.Add(clause);
    }

    private PendingClause ReadBase()
    {
        var first = Advance();
        switch (first.Kind)
        {
            case QueryTokenKind.Number:
                ParseNumber(first.Text);
                return new PendingClause("", first.Text, PendingClauseKind.Never);
            case QueryTokenKind.Phrase:
                return new PendingClause("", first.Text, PendingClauseKind.Never);
            case QueryTokenKind.Text when _token.Kind != QueryTokenKind.Colon:
                return ReadText("", first.Text);
            case QueryTokenKind.Text:
                Advance();
                return ReadValue(first.Text);
            default:
                throw SearchQueryException.Syntax();
        }
    }

    private PendingClause ReadValue(string field)
    {
        switch (_token.Kind)
        {
            case QueryTokenKind.Text:
                return ReadText(field, Advance().Text);
            case QueryTokenKind.Phrase:
                return new PendingClause(field, Advance().Text, PendingClauseKind.Never);
            case QueryTokenKind.Number or QueryTokenKind.Minus:
                var (number, text) = ReadNumber();
                var exact = SortableNumber.Of(number);
                return new PendingClause(field, text, PendingClauseKind.Number, exact, exact);
            case QueryTokenKind.Greater or QueryTokenKind.Less:
                return ReadRange(field);
            default:
                throw SearchQueryException.Syntax();
        }
    }

    private PendingClause ReadRange(string field)
    {
        var isGreater = Advance().Kind == QueryTokenKind.Greater;
        var isInclusive = _token.Kind == QueryTokenKind.Equal;
        if (isInclusive) Advance();
        var (kind, bound) = (PendingClauseKind.Range, 0L);
        if (_token.Kind == QueryTokenKind.Phrase)
        {
            kind = PendingClauseKind.DateRange;
            if (!SearchDate.TryParseFull(Advance().Text, out bound)) throw SearchQueryException.Syntax("parse error: invalid time");
        }
        else
        {
            bound = SortableNumber.Of(ReadNumber().Number);
        }

        // No number or date maps to the smallest or largest value, so the adjacent value always exists.
        if (!isInclusive) bound += isGreater ? 1 : -1;
        return isGreater ? new PendingClause(field, "", kind, bound, long.MaxValue) : new PendingClause(field, "", kind, long.MinValue, bound);
    }

    private PendingClause ReadText(string field, string text)
    {
        if (_token.Kind != QueryTokenKind.Tilde) return new PendingClause(field, text, PendingClauseKind.Text);
        var distance = ParseNumber(Advance().Text);
        return new PendingClause(field, text, PendingClauseKind.Fuzzy, (long)distance);
    }

    private (double Number, string Text) ReadNumber()
    {
        var isNegative = _token.Kind == QueryTokenKind.Minus;
        if (isNegative) Advance();
        if (_token.Kind != QueryTokenKind.Number) throw SearchQueryException.Syntax();
        var text = Advance().Text;
        var number = ParseNumber(text);
        return isNegative ? (-number, "-" + text) : (number, text);
    }

    private SearchClause Finish(PendingClause draft, double boost)
    {
        switch (draft.Kind)
        {
            case PendingClauseKind.Number:
                return new NumberClause(draft.Field, draft.Low, draft.Text, boost);
            case PendingClauseKind.Range:
                return new RangeClause(draft.Field, draft.Low, draft.High, boost);
            case PendingClauseKind.DateRange:
                return new RangeClause(draft.Field, draft.Low, draft.High, 1);
            case PendingClauseKind.Fuzzy when draft.Low is < 0 or > FuzzyPattern.MaxDistance:
                return Unable("fuzziness must be 0, 1 or 2");
            case PendingClauseKind.Fuzzy when draft.Text.Length > SearchLimits.FuzzyLength:
                return Unable("fuzzy text is too long");
            case PendingClauseKind.Fuzzy:
                return HasTooManyPatterns() ? TooManyPatterns() : new PatternClause(draft.Field, new FuzzyPattern(draft.Text, (int)draft.Low), boost * boost);
            case PendingClauseKind.Text when draft.Text.StartsWith('/') && draft.Text.EndsWith('/'):
                return draft.Text.Length == 1 ? throw SearchQueryException.Syntax() : Regex(draft.Field, draft.Text[1..^1], boost);
            case PendingClauseKind.Text when draft.Text.AsSpan().ContainsAny('*', '?'):
                return HasTooManyPatterns() ? TooManyPatterns() : new PatternClause(draft.Field, new WildcardPattern(draft.Text), boost);
            case PendingClauseKind.Text:
                return new TermClause(draft.Field, draft.Text, boost * boost);
            default:
                return new NeverClause();
        }
    }

    private SearchClause Regex(string field, string pattern, double boost)
    {
        if (HasTooManyPatterns()) return TooManyPatterns();
        try
        {
            return new PatternClause(field, new RegexPattern(pattern), boost);
        }
        catch (SearchQueryException e)
        {
            return Unable(e.Message);
        }
    }

    /// <summary>Counts a pattern before it is created, because creation is the expensive part.</summary>
    private bool HasTooManyPatterns() => ++_patterns > _maxPatterns;

    private NeverClause TooManyPatterns() => Unable("query has too many patterns");

    private NeverClause Unable(string fault)
    {
        _fault ??= fault;
        return new NeverClause();
    }

    private static double ParseNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && text.Trim() == text
            ? number
            : throw SearchQueryException.Syntax($"parse error: invalid number: {text}");

    private QueryToken Advance()
    {
        var taken = _token;
        _tokenStart = _length - _lexer.Left;
        _token = _lexer.Next();
        return taken;
    }

    private enum PendingClauseKind
    {
        Never,
        Text,
        Fuzzy,
        Number,
        Range,
        DateRange,
    }

    /// <summary>A clause whose boost has not been read yet.</summary>
    private readonly record struct PendingClause(string Field, string Text, PendingClauseKind Kind, long Low = 0, long High = 0);
}
