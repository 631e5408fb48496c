using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Nakama.Server.Search.Text;

/// <summary>
/// What an operator has typed: plain words, without any syntax. Each word has to be in the row: exactly, as the beginning of a
/// word, or, in names, with a typing error. A row whose name or id begins with the whole text is found too, and comes first.
/// </summary>
internal sealed class TextQuery
{
    /// <summary>UTF-16 characters of a text.</summary>
    public const int MaxLength = 256;

    private const int MaxWords = 8;
    private const int MinPrefixOfBody = 3;
    private const int MinFuzzy = 4;
    private const int MinFuzzyTwice = 8;
    private const int MaxFuzzyTerms = 32;

    // The weights only order the hits: whole names, then words of names, then words of the body.
    private const float WholeWeight = 40;
    private const float WholePrefixWeight = 12;
    private const float NameWeight = 8;
    private const float NamePrefixWeight = 5;
    private const float BodyWeight = 3;
    private const float FuzzyWeight = 2;
    private const float BodyPrefixWeight = 1.5f;
    private const float OtherMatches = 0.05f;

    private readonly List<string> _words;
    private readonly string _whole;

    public TextQuery(string text)
    {
        Text = TextTerms.WellFormed(string.Concat(text.Select(static letter => char.IsControl(letter) ? ' ' : letter))).Trim();
        _words = TextTerms.OfQuery(text, MaxWords);
        _whole = TextTerms.Fold(text, TextTerms.MaxWholeLength);
    }

    /// <summary>The text as it was typed, without control characters.</summary>
    public string Text { get; }

    public bool IsEmpty => _whole.Length == 0;

    /// <summary>Whether a word of a row is one that the query asks for.</summary>
    public bool Matches(ReadOnlySpan<char> word)
    {
        foreach (var term in TextTerms.OfWord(word))
        {
            foreach (var wanted in _words)
            {
                if (term.StartsWith(wanted, StringComparison.Ordinal)) return true;
            }
        }

        return false;
    }

    /// <summary>Whether a text of a row begins with the whole text of the query.</summary>
    public bool MatchesWhole(string text) => TextTerms.Fold(text, TextTerms.MaxWholeLength).StartsWith(_whole, StringComparison.Ordinal);

    /// <summary>Whether a row matches, typing errors aside.</summary>
    public bool Matches(TextRow row)
    {
        if (row.Names.Concat(row.Ids).Any(MatchesWhole)) return true;
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in row.Names) TextTerms.Add(name, int.MaxValue, terms);
        TextTerms.Add(row.Body, int.MaxValue, terms);
        return _words.Count > 0 && _words.TrueForAll(word => terms.Any(term => term.StartsWith(word, StringComparison.Ordinal)));
    }

    /// <param name="kinds">The kinds of rows; null for all.</param>
    public Query Build(IReadOnlyCollection<string>? kinds)
    {
        var either = new BooleanQuery(disableCoord: true);
        if (_words.Count > 0) either.Add(EveryWord(), Occur.SHOULD);
        var whole = new DisjunctionMaxQuery(OtherMatches)
        {
            Weighted(new TermQuery(new Term(TextDocuments.WholeField, _whole)), WholeWeight),
            Weighted(new PrefixQuery(new Term(TextDocuments.WholeField, _whole)), WholePrefixWeight),
        };
        either.Add(whole, Occur.SHOULD);
        if (kinds is null) return either;
        var ofKind = new BooleanQuery(disableCoord: true);
        foreach (var kind in kinds) ofKind.Add(new TermQuery(TextDocuments.KindTerm(kind)), Occur.SHOULD);
        return new FilteredQuery(either, new QueryWrapperFilter(ofKind));
    }

    private BooleanQuery EveryWord()
    {
        var every = new BooleanQuery(disableCoord: true);
        foreach (var word in _words) every.Add(AnyPlace(word), Occur.MUST);
        return every;
    }

    private static DisjunctionMaxQuery AnyPlace(string word)
    {
        var any = new DisjunctionMaxQuery(OtherMatches)
        {
            Weighted(new TermQuery(new Term(TextDocuments.NameField, word)), NameWeight),
            Weighted(new PrefixQuery(new Term(TextDocuments.NameField, word)), NamePrefixWeight),
            Weighted(new TermQuery(new Term(TextDocuments.BodyField, word)), BodyWeight),
        };
        if (word.Length >= MinPrefixOfBody) any.Add(Weighted(new PrefixQuery(new Term(TextDocuments.BodyField, word)), BodyPrefixWeight));
        if (word.Length >= MinFuzzy)
        {
            var edits = word.Length >= MinFuzzyTwice ? 2 : 1;
            any.Add(Weighted(new FuzzyQuery(new Term(TextDocuments.NameField, word), edits, prefixLength: 1, MaxFuzzyTerms, transpositions: true), FuzzyWeight));
        }

        return any;
    }

    private static Query Weighted(Query query, float weight)
    {
        query.Boost = weight;
        return query;
    }
}
