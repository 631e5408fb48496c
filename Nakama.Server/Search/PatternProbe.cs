namespace Nakama.Server.Search;

/// <summary>Matches a pattern, evaluated once per term.</summary>
internal sealed class PatternProbe(SearchField column, PatternClause clause) : SearchProbe
{
    // Scanning this number of terms is worthwhile for any query.
    private const int FewTerms = 4096;
    private const double Unfit = double.NaN;

    private readonly ITermScan _scan = clause.Pattern.Scan();
    private readonly Dictionary<SearchTerm, double> _scores = [];
    private List<SearchTerm>? _fitting;
    private int _most = -1;

    public override int MostRows => _most >= 0 ? _most : CountRowsWithin(FewTerms);

    public override double? UniformScore
    {
        get
        {
            if (column.IsManyValued || !clause.Pattern.IsUniform) return null;
            if (clause.Pattern.FitsPerNumber == 0 || column.Numbers.Count == 0) return clause.Score;
            return column.Terms.Count == 0 ? clause.Pattern.FitsPerNumber * clause.Score : null;
        }
    }

    public override int CountRowsWithin(int work)
    {
        if (_most >= 0) return _most;
        // The first scan has to sort the terms, so fields with many terms are skipped while there is an alternative.
        if (_fitting is null && column.Terms.Count > work && work <= FewTerms) return int.MaxValue;
        if (_fitting is null && Terms().Length > work) return int.MaxValue;
        _ = Fitting();
        return _most;
    }

    public override void Collect(List<int> rows)
    {
        var fitting = Fitting();
        rows.EnsureCapacity(_most);
        foreach (var term in fitting)
        {
            if (term.Count == 1) rows.Add(term.Rows[0]);
            else rows.AddRange(term.Rows);
        }

        if (clause.Pattern.FitsPerNumber > 0) column.Numbers.CollectBetween(long.MinValue, long.MaxValue, rows);
    }

    public override bool TryScore(ReadOnlySpan<SearchSlot> slots, out double score)
    {
        (score, var isFitting) = (0, false);
        foreach (ref readonly var slot in slots)
        {
            if (slot.Field != column) continue;
            var each = slot.Term is null ? ScoreOfNumber() : ScoreOf(slot.Term);
            if (double.IsNaN(each)) continue;
            isFitting = true;
            score += each;
        }

        return isFitting;
    }

    private ReadOnlySpan<SearchTerm> Terms() => column.Sorted.StartingWith(clause.Pattern.Prefix);

    private List<SearchTerm> Fitting()
    {
        if (_fitting is not null) return _fitting;
        var fitting = new List<SearchTerm>();
        if (clause.Pattern.IsPrefixAlone && !column.HasLineBreaks) fitting.AddRange(Terms());
        else SortedTerms.Collect(Terms(), clause.Pattern.Scan(), fitting);

        var count = clause.Pattern.FitsPerNumber > 0 ? (long)column.Numbers.Count : 0;
        foreach (var term in fitting) count += term.Count;
        _most = (int)Math.Min(count, int.MaxValue);
        return _fitting = fitting;
    }

    private double ScoreOfNumber() => clause.Pattern.FitsPerNumber > 0 ? clause.Pattern.FitsPerNumber * clause.Score : Unfit;

    private double ScoreOf(SearchTerm term)
    {
        if (_scores.TryGetValue(term, out var known)) return known;
        var score = _scan.TryScore(term.Text, out var each, out _) ? each * clause.Score : Unfit;
        _scores.Add(term, score);
        return score;
    }
}
