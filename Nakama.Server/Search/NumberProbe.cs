namespace Nakama.Server.Search;

/// <summary>Matches an exact number, which a row may also have as text.</summary>
internal sealed class NumberProbe(SearchField column, NumberClause clause) : SearchProbe
{
    private readonly SearchTerm? _term = column.Terms.GetValueOrDefault(clause.Text);

    public override int MostRows { get; } =
        column.Numbers.CountBetween(clause.Number, clause.Number) + (column.Terms.TryGetValue(clause.Text, out var term) ? term.Count : 0);

    public override double? UniformScore => column.IsManyValued ? null : clause.Score;

    public override void Collect(List<int> rows)
    {
        column.Numbers.CollectBetween(clause.Number, clause.Number, rows);
        if (_term is not null) rows.AddRange(_term.Rows);
    }

    public override bool TryScore(ReadOnlySpan<SearchSlot> slots, out double score)
    {
        var (asNumber, asText) = (false, false);
        foreach (ref readonly var slot in slots)
        {
            if (slot.Field != column) continue;
            if (slot.Term is null) asNumber |= slot.Number == clause.Number;
            else asText |= slot.Term == _term;
        }

        score = (asNumber ? clause.Score : 0) + (asText ? clause.Score : 0);
        return asNumber || asText;
    }
}
