using System.Buffers;
using System.Text;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Nakama.Server.Search;

/// <summary>A segment of an index: finds the documents that match a clause.</summary>
internal sealed class LuceneSegment(AtomicReader reader)
{
    private static readonly byte[] AfterAll = [0xFF];

    private readonly Terms? _terms = reader.GetTerms(LuceneTerms.Field);

    public int DocumentCount => reader.MaxDoc;

    public IBits? Live => reader.LiveDocs;

    /// <summary>Null when nothing matches.</summary>
    /// <exception cref="SearchQueryException">Matching a term exceeds a limit of the pattern.</exception>
    public LuceneMatches? Find(SearchClause clause)
    {
        if (_terms is null || clause.Field.Contains(LuceneTerms.Separator, StringComparison.Ordinal)) return null;
        return clause switch
        {
            TermClause term => FindTerm(LuceneTerms.Of(term.Field, LuceneTerms.Text, term.Text), term.Score),
            RangeClause range => FindRange(range),
            NumberClause number => FindNumber(number),
            PatternClause pattern => FindPattern(pattern),
            _ => null,
        };
    }

    private LuceneMatches? FindTerm(BytesRef term, double score)
    {
        var terms = _terms!.GetEnumerator();
        return terms.SeekExact(term) ? new(terms.Docs(null, null, DocsFlags.NONE), terms.DocFreq, score) : null;
    }

    private LuceneMatches? FindRange(RangeClause range)
    {
        var isMany = IsManyValued(range.Field);
        // A term lists a document only once, even when several of its values share the term, so the values are counted separately.
        var found = NumbersBetween(range.Field, range.Lowest, range.Highest, isMany ? 0 : range.Score).Build();
        if (found is null || !isMany) return found;
        var count = CounterOf(range.Field, range.Lowest, range.Highest);
        return found.With(doc => count(doc) * range.Score);
    }

    private LuceneMatches? FindNumber(NumberClause clause)
    {
        var terms = _terms!.GetEnumerator();
        var found = new LuceneAccumulator(DocumentCount, uniform: null);
        foreach (var (first, _) in LuceneTerms.Ranges(clause.Field, clause.Number, clause.Number))
        {
            if (terms.SeekExact(first)) found.Add(terms.Docs(null, null, DocsFlags.NONE), clause.Score);
        }

        if (terms.SeekExact(LuceneTerms.Of(clause.Field, LuceneTerms.Text, clause.Text))) found.Add(terms.Docs(null, null, DocsFlags.NONE), clause.Score);
        return found.Build();
    }

    private LuceneMatches? FindPattern(PatternClause clause)
    {
        var isMany = IsManyValued(clause.Field);
        var numbers = clause.Pattern.FitsPerNumber > 0 ? NumbersBetween(clause.Field, long.MinValue, long.MaxValue, 0).Build() : null;
        var isUniform = !isMany && numbers is null && clause.Pattern.IsUniform;
        var found = new LuceneAccumulator(DocumentCount, isUniform ? clause.Score : null);
        if (numbers is not null)
        {
            var count = isMany ? CounterOf(clause.Field, long.MinValue, long.MaxValue) : static _ => 1;
            for (var doc = numbers.From(0); doc != LuceneMatches.NoMore; doc = numbers.From(doc + 1))
                found.Add(doc, clause.Pattern.FitsPerNumber * clause.Score * count(doc));
        }

        Scan(clause, found);
        return found.Build();
    }

    /// <summary>Scans the terms with the prefix of the pattern, and skips those that are known not to match.</summary>
    private void Scan(PatternClause clause, LuceneAccumulator found)
    {
        var start = LuceneTerms.Of(clause.Field, LuceneTerms.Text);
        var prefix = LuceneTerms.Of(clause.Field, LuceneTerms.Text, clause.Pattern.Prefix);
        var terms = _terms!.GetEnumerator();
        var scan = clause.Pattern.Scan();
        DocsEnum? docs = null;
        var text = ArrayPool<char>.Shared.Rent(SearchLimits.TextLength);
        try
        {
            var isThere = terms.SeekCeil(prefix) != TermsEnum.SeekStatus.END;
            while (isThere && LuceneTerms.BytesOf(terms.Term).StartsWith(LuceneTerms.BytesOf(prefix)))
            {
                var length = Encoding.UTF8.GetChars(LuceneTerms.BytesOf(terms.Term)[start.Length..], text);
                if (scan.TryScore(text.AsSpan(0, length), out var score, out var deadLength))
                {
                    docs = terms.Docs(null, docs, DocsFlags.NONE);
                    found.Add(docs, score * clause.Score);
                }

                if (deadLength == 0) isThere = terms.MoveNext();
                else isThere = terms.SeekCeil(EndOf(start, text.AsSpan(0, deadLength))) != TermsEnum.SeekStatus.END;
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    /// <summary>The position after all terms with this prefix and before all terms that follow.</summary>
    private static BytesRef EndOf(BytesRef start, ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return LuceneTerms.Join(LuceneTerms.Join(start, bytes), AfterAll);
    }

    private LuceneAccumulator NumbersBetween(string field, long lowest, long highest, double score)
    {
        var found = new LuceneAccumulator(DocumentCount, score);
        var terms = _terms!.GetEnumerator();
        DocsEnum? docs = null;
        foreach (var (first, last) in LuceneTerms.Ranges(field, lowest, highest))
        {
            var isThere = terms.SeekCeil(first) != TermsEnum.SeekStatus.END;
            for (; isThere && terms.Term.CompareTo(last) <= 0; isThere = terms.MoveNext())
            {
                docs = terms.Docs(null, docs, DocsFlags.NONE);
                found.Add(docs, score);
            }
        }

        return found;
    }

    private bool IsManyValued(string field) => _terms!.GetEnumerator().SeekExact(LuceneTerms.Of(field, LuceneTerms.Many));

    /// <summary>The count of a document's numbers in the range, which is at least one.</summary>
    private Func<int, int> CounterOf(string field, long lowest, long highest)
    {
        var numbers = reader.GetBinaryDocValues(LuceneDocuments.NumbersColumn);
        var path = Encoding.UTF8.GetBytes(field);
        var bytes = new BytesRef();
        return doc =>
        {
            numbers.Get(doc, bytes);
            return LuceneNumbers.CountBetween(LuceneTerms.BytesOf(bytes), path, lowest, highest) ?? 1;
        };
    }
}
