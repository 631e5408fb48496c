namespace Nakama.Server.Search;

/// <summary>Matches rows with a number in a range.</summary>
internal sealed class RangeProbe(SearchField column, long lowest, long highest, double each) : SearchProbe
{
    private int _most = -1;

    public override int MostRows => _most < 0 ? _most = column.Numbers.CountBetween(lowest, highest) : _most;

    public override double? UniformScore => column.IsManyValued ? null : each;

    /// <summary>The intersection of both ranges; null for another field, or one with several values per row.</summary>
    public RangeProbe? And(RangeProbe other) =>
        column == other.Column && !column.IsManyValued
            ? new(column, Math.Max(lowest, other.Lowest), Math.Min(highest, other.Highest), each)
            : null;

    public override void Collect(List<int> rows) => column.Numbers.CollectBetween(lowest, highest, rows);

    public override bool TryScore(ReadOnlySpan<SearchSlot> slots, out double score)
    {
        var count = 0;
        foreach (ref readonly var slot in slots)
        {
            if (slot.Field == column && slot.Term is null && slot.Number >= lowest && slot.Number <= highest) count++;
        }

        score = count * each;
        return count > 0;
    }

    private SearchField Column => column;

    private long Lowest => lowest;

    private long Highest => highest;
}
