using System.Text;

namespace Nakama.Server.Search;

/// <summary>
/// The least number of edits between a text and one term after the other, no character being touched twice. One row of
/// distances for each character of the term, of which those for the beginning shared with the term before stay. When all
/// of a row are too large, so are those of every term with this beginning.
/// </summary>
internal sealed class FuzzyScan(Rune[] text, int most) : ITermScan
{
    // A term with more characters than that is too far away, whatever they are.
    private readonly int[] _rows = NewRows(text.Length, most);
    private readonly Rune[] _runes = new Rune[text.Length + most + 1];

    // Where each character ends within the term.
    private readonly int[] _ends = new int[text.Length + most + 1];
    private readonly char[] _last = new char[(text.Length + most + 1) * 2];
    private int _lastLength;
    private int _count;

    private int Width => text.Length + 1;

    public bool TryScore(ReadOnlySpan<char> term, out double score, out int deadLength)
    {
        (score, deadLength) = (0, 0);
        var at = KeepShared(term);
        // Only as much of it has to be remembered as rows can be kept for.
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

    /// <summary>Drops the rows of characters that the term does not share with the last one; says where the next one begins.</summary>
    private int KeepShared(ReadOnlySpan<char> term)
    {
        var shared = term.CommonPrefixLength(_last.AsSpan(0, _lastLength));
        while (_count > 0 && _ends[_count - 1] > shared) _count--;
        var end = _count == 0 ? 0 : _ends[_count - 1];
        // What was read as one half of a pair may be followed by the other one now.
        if (_count > 0 && end < term.Length && char.IsLowSurrogate(term[end]) && char.IsHighSurrogate(term[end - 1])) _count--;
        return _count == 0 ? 0 : _ends[_count - 1];
    }

    /// <summary>The least that any term with this beginning is away.</summary>
    private int AddRow()
    {
        var i = ++_count;
        var rune = _runes[i - 1];
        var row = _rows.AsSpan(i * Width, Width);
        var above = _rows.AsSpan((i - 1) * Width, Width);
        var twoAbove = i > 1 ? _rows.AsSpan((i - 2) * Width, Width) : default;
        row[0] = i;
        var least = i;
        // A swap goes on from the row before the last.
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
