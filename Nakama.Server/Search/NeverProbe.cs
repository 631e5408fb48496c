namespace Nakama.Server.Search;

/// <summary>Matches no row.</summary>
internal sealed class NeverProbe : SearchProbe
{
    public static readonly NeverProbe Instance = new();

    public override int MostRows => 0;

    public override double? UniformScore => 0;

    public override void Collect(List<int> rows)
    {
    }

    public override bool TryScore(ReadOnlySpan<SearchSlot> slots, out double score)
    {
        score = 0;
        return false;
    }
}
