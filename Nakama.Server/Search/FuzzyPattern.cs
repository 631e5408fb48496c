using System.Text;

namespace Nakama.Server.Search;

/// <summary>Matches a text with a limited number of characters changed, added, removed, or swapped with their neighbour.</summary>
internal sealed class FuzzyPattern : TermPattern
{
    public const int MaxDistance = 2;

    private readonly Rune[] _text;
    private readonly int _distance;

    public FuzzyPattern(string text, int distance)
    {
        _text = [.. text.EnumerateRunes()];
        _distance = distance;
    }

    public override bool IsUniform => _distance == 0;

    public override bool TryScore(ReadOnlySpan<char> term, out double score)
    {
        score = 0;
        // A character is at most two code units, so most terms are excluded by their length.
        if (term.Length < _text.Length - _distance || term.Length > (_text.Length + _distance) * 2) return false;
        return new FuzzyScan(_text, _distance).TryScore(term, out score, out _);
    }

    public override ITermScan Scan() => new FuzzyScan(_text, _distance);
}
