namespace Nakama.Server.Search;

/// <summary>Rows with a number between two others.</summary>
internal sealed class RangeProbe(SearchField column, long lowest, long highest, double each) : SearchProbe
{
    private int _most = -1;

    public override int MostRows => _most < 0 ? _most = column.Numbers.CountBetween(lowest, highest) : _most;

    public override bool IsUniform => !column.IsManyValued;

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
}
