using System.Text;

namespace Nakama.Server.Search;

/// <summary>
/// The edit distance between a text and a series of terms, in which no character is edited twice (optimal string alignment).
/// There is one row of distances per character of the term; the rows of the prefix that is shared with the previous term are
/// reused. When all distances of a row exceed the limit, so do those of every term with this prefix.
/// </summary>
internal sealed class FuzzyScan(Rune[] text, int most) : ITermScan
{
    // A term with more characters than that always exceeds the limit.
    private readonly int[] _rows = NewRows(text.Length, most);
    private readonly Rune[] _runes = new Rune[text.Length + most + 1];

    // The end position of each character within the term.
    private readonly int[] _ends = new int[text.Length + most + 1];
    private readonly char[] _last = new char[(text.Length + most + 1) * 2];
    private int _lastLength;
    private int _count;

    private int Width => text.Length + 1;

    public bool TryScore(ReadOnlySpan<char> term, out double score, out int deadLength)
    {
        (score, deadLength) = (0, 0);
        var at = KeepShared(term);
        // Only the part for which rows can be kept has to be stored.
        _lastLength = Math.Min(term.Length, _last.Length);
        term[.._lastLength].CopyTo(_last);
        while (at < term.Length)
        {
            if (_count == _runes.Length - 1)
            {
                deadLength = at + 1;
                if (char.IsHighSurrogate(term[at]) && deadLength < term.Length) deadLength++;
                return false;
            }

            Rune.DecodeFromUtf16(term[at..], out var rune, out var length);
            at += length;
            (_runes[_count], _ends[_count]) = (rune, at);
            if (AddRow() > most)
            {
                deadLength = at;
                return false;
            }
        }

        var distance = _rows[(_count * Width) + text.Length];
        if (distance > most) return false;
        var shorter = Math.Min(_count, text.Length);
        score = distance == 0 ? 1 : shorter == 0 ? 0 : 1 - ((double)distance / shorter);
        return true;
    }

    /// <summary>Drops the rows that the term does not share with the last one; returns the start of the next character.</summary>
    private int KeepShared(ReadOnlySpan<char> term)
    {
        var shared = term.CommonPrefixLength(_last.AsSpan(0, _lastLength));
        while (_count > 0 && _ends[_count - 1] > shared) _count--;
        var end = _count == 0 ? 0 : _ends[_count - 1];
        // A character that was read as a lone high surrogate may be followed by its low surrogate now.
        if (_count > 0 && end < term.Length && char.IsLowSurrogate(term[end]) && char.IsHighSurrogate(term[end - 1])) _count--;
        return _count == 0 ? 0 : _ends[_count - 1];
    }

    /// <summary>Adds a row; returns the lower bound of the distance for any term with this prefix.</summary>
    private int AddRow()
    {
        var i = ++_count;
        var rune = _runes[i - 1];
        var row = _rows.AsSpan(i * Width, Width);
        var above = _rows.AsSpan((i - 1) * Width, Width);
        var twoAbove = i > 1 ? _rows.AsSpan((i - 2) * Width, Width) : default;
        row[0] = i;
        var least = i;
        // A swap continues from the row before the last.
        var leastOfSwaps = above[0] + 1;
        for (var j = 1; j <= text.Length; j++)
        {
            var cost = text[j - 1] == rune ? 0 : 1;
            row[j] = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
            if (i > 1 && j > 1 && text[j - 1] == _runes[i - 2] && text[j - 2] == rune) row[j] = Math.Min(row[j], twoAbove[j - 2] + 1);
            least = Math.Min(least, row[j]);
            leastOfSwaps = Math.Min(leastOfSwaps, above[j] + 1);
        }

        return Math.Min(least, leastOfSwaps);
    }

    private static int[] NewRows(int length, int most)
    {
        var rows = new int[(length + 1) * (length + most + 2)];
        for (var j = 0; j <= length; j++) rows[j] = j;
        return rows;
    }
}
