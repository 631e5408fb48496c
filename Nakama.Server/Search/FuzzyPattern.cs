using System.Text;

namespace Nakama.Server.Search;

/// <summary>A text with at most so many characters changed, added, left out, or swapped with their neighbour.</summary>
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

    public override bool TryScore(string term, out double score)
    {
        score = 0;
        // A character is at most two code units, so most terms are told apart by their length.
        if (term.Length < _text.Length - _distance || term.Length > (_text.Length + _distance) * 2) return false;
        var runes = new Rune[term.Length];
        var length = 0;
        foreach (var rune in term.EnumerateRunes()) runes[length++] = rune;
        if (Math.Abs(length - _text.Length) > _distance) return false;
        var distance = Distance(_text, runes.AsSpan(0, length));
        if (distance > _distance) return false;
        var shorter = Math.Min(length, _text.Length);
        score = distance == 0 ? 1 : shorter == 0 ? 0 : 1 - ((double)distance / shorter);
        return true;
    }

    /// <summary>The least number of edits, no character being touched twice.</summary>
    private static int Distance(ReadOnlySpan<Rune> a, ReadOnlySpan<Rune> b)
    {
        var rows = new int[3][];
        for (var i = 0; i < rows.Length; i++) rows[i] = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) rows[0][j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var (row, above, twoAbove) = (rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3]);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], twoAbove[j - 2] + 1);
            }
        }

        return rows[a.Length % 3][b.Length];
    }
}
