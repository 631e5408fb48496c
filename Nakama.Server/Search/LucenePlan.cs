using Lucene.Net.Index;

namespace Nakama.Server.Search;

/// <summary>A query and its filters, run on one segment after another. Scores equal those of <see cref="SearchPlan"/>.</summary>
internal sealed class LucenePlan
{
    private readonly SearchQuery _query;
    private readonly List<SearchClause> _filters = [];
    private readonly List<SearchClause> _mustNot;

    /// <exception cref="SearchQueryException">A clause of the query cannot be run.</exception>
    public LucenePlan(SearchQuery query, IReadOnlyList<SearchFilter> filters)
    {
        if (query.Fault is { } fault) throw SearchQueryException.Unable(fault);
        _query = query;
        _mustNot = [.. query.MustNot];
        foreach (var filter in filters) (filter.IsNegated ? _mustNot : _filters).Add(filter.Clause);
    }

    private bool IsAnyOf => _query.Must.Length == 0 && _query.Should.Length > 0;

    /// <summary>Passes every hit of a segment to the callback.</summary>
    /// <exception cref="SearchQueryException">Matching a term exceeds a limit of a pattern.</exception>
    public void Collect(AtomicReader reader, Action<int, double> offer)
    {
        var segment = new LuceneSegment(reader);
        if (FindAll(segment, _query.Must) is not { } must || FindAll(segment, _filters) is not { } filters) return;
        var should = FindAny(segment, _query.Should);
        if (IsAnyOf && should.Count == 0) return;
        var mustNot = FindAny(segment, _mustNot);

        LuceneMatches[] required = [.. must, .. filters];
        Array.Sort(required, static (x, y) => x.Cost.CompareTo(y.Cost));
        var live = segment.Live;
        for (var doc = Next(0); doc < segment.DocumentCount; doc = Next(doc + 1))
        {
            if (live?.Get(doc) == false || IsOutside(required, doc) || IsInside(mustNot, doc)) continue;
            if (TryScore(must, should, doc, out var score)) offer(doc, score);
        }

        int Next(int doc)
        {
            if (required.Length > 0) return required[0].From(doc);
            if (!IsAnyOf) return doc;
            var next = LuceneMatches.NoMore;
            foreach (var matches in should) next = Math.Min(next, matches.From(doc));
            return next;
        }
    }

    /// <summary>False when at least one should clause has to match and none does.</summary>
    private bool TryScore(List<LuceneMatches> must, List<LuceneMatches> should, int doc, out double score)
    {
        score = _query.Must.Length + _query.Should.Length == 0 ? 1 : 0;
        foreach (var matches in must) score += matches.ScoreOf(doc);
        var isAny = false;
        foreach (var matches in should)
        {
            if (!matches.Contains(doc)) continue;
            isAny = true;
            score += matches.ScoreOf(doc);
        }

        return isAny || !IsAnyOf;
    }

    private static bool IsOutside(LuceneMatches[] required, int doc)
    {
        for (var i = 1; i < required.Length; i++)
        {
            if (!required[i].Contains(doc)) return true;
        }

        return false;
    }

    private static bool IsInside(List<LuceneMatches> mustNot, int doc)
    {
        foreach (var matches in mustNot)
        {
            if (matches.Contains(doc)) return true;
        }

        return false;
    }

    /// <summary>Null when one of the clauses matches nothing.</summary>
    private static List<LuceneMatches>? FindAll(LuceneSegment segment, IReadOnlyList<SearchClause> clauses)
    {
        var found = new List<LuceneMatches>(clauses.Count);
        foreach (var clause in clauses)
        {
            if (segment.Find(clause) is not { } matches) return null;
            found.Add(matches);
        }

        return found;
    }

    private static List<LuceneMatches> FindAny(LuceneSegment segment, IReadOnlyList<SearchClause> clauses)
    {
        var found = new List<LuceneMatches>(clauses.Count);
        foreach (var clause in clauses)
        {
            if (segment.Find(clause) is { } matches) found.Add(matches);
        }

        return found;
    }
}
