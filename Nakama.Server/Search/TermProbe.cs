namespace Nakama.Server.Search;

/// <summary>Matches rows with one text.</summary>
internal sealed class TermProbe(SearchTerm term, double each) : SearchProbe
{
    public override int MostRows => term.Count;

    public override double? UniformScore => each;

    public override SearchTerm Posting => term;

    public override void Collect(List<int> rows) => rows.AddRange(term.Rows);

    public override bool TryScore(ReadOnlySpan<SearchSlot> slots, out double score)
    {
        score = each;
        foreach (ref readonly var slot in slots)
        {
            if (slot.Term == term) return true;
        }

        return false;
    }
}
