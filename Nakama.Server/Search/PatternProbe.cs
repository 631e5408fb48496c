namespace Nakama.Server.Search;

/// <summary>A pattern, asked once for each term that is met.</summary>
internal sealed class PatternProbe(SearchField column, PatternClause clause) : SearchProbe
{
    // Looking at every term is worth it as long as there are not many more of them than rows to look at.
    private const int MostTermsToScan = 4096;
    private const double Unfit = double.NaN;

    private readonly Dictionary<SearchTerm, double> _scores = [];
    private List<SearchTerm>? _fitting;
    private int _most = -1;

    public override int MostRows => _most < 0 ? _most = CountRows() : _most;

    public override double? UniformScore
    {
        get
        {
            if (column.IsManyValued || !clause.Pattern.IsUniform) return null;
            if (clause.Pattern.FitsPerNumber == 0 || column.Numbers.Count == 0) return clause.Score;
            return column.Terms.Count == 0 ? clause.Pattern.FitsPerNumber * clause.Score : null;
        }
    }

    public override void Collect(List<int> rows)
    {
        foreach (var term in Fitting()) rows.AddRange(term.Rows);
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

    private int CountRows()
    {
        if (column.Terms.Count > MostTermsToScan) return int.MaxValue;
        var count = clause.Pattern.FitsPerNumber > 0 ? column.Numbers.Count : 0;
        foreach (var term in Fitting()) count += term.Count;
        return count;
    }

    private List<SearchTerm> Fitting()
    {
        if (_fitting is not null) return _fitting;
        var fitting = new List<SearchTerm>();
        foreach (var (_, term) in column.Terms)
        {
            if (!double.IsNaN(ScoreOf(term))) fitting.Add(term);
        }

        return _fitting = fitting;
    }

    private double ScoreOfNumber() => clause.Pattern.FitsPerNumber > 0 ? clause.Pattern.FitsPerNumber * clause.Score : Unfit;

    private double ScoreOf(SearchTerm term)
    {
        if (_scores.TryGetValue(term, out var known)) return known;
        var score = clause.Pattern.TryScore(term.Text, out var each) ? each * clause.Score : Unfit;
        _scores.Add(term, score);
        return score;
    }
}
