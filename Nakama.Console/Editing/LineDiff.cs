namespace Nakama.Console.Editing;

/// <summary>How a line of the old or new text relates to the other text.</summary>
public enum LineChange
{
    Same,
    Removed,
    Added,

    /// <summary>Stands for unchanged lines that are left out.</summary>
    Gap,
}

/// <summary>The lines that differ between two texts, with some unchanged ones around them.</summary>
public static class LineDiff
{
    /// <summary>The number of unchanged lines shown before and after a change.</summary>
    private const int Context = 3;

    /// <summary>The table of the comparison has at most so many cells; larger middles are shown as replaced.</summary>
    private const long MaxCells = 4_000_000;

    public static IReadOnlyList<(LineChange Change, string Text)> Compare(string before, string after)
    {
        var (old, changed) = (Lines(before), Lines(after));
        var (start, oldEnd, newEnd) = (0, old.Length, changed.Length);
        while (start < oldEnd && start < newEnd && old[start] == changed[start]) start++;
        while (oldEnd > start && newEnd > start && old[oldEnd - 1] == changed[newEnd - 1]) (oldEnd, newEnd) = (oldEnd - 1, newEnd - 1);

        List<(LineChange, string)> lines = [.. old[..start].Select(line => (LineChange.Same, line))];
        Middle(lines, old.AsSpan(start..oldEnd), changed.AsSpan(start..newEnd));
        lines.AddRange(old[oldEnd..].Select(line => (LineChange.Same, line)));
        return Collapse(lines);
    }

    /// <summary>Of an empty text there are none.</summary>
    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');

    private static void Middle(List<(LineChange, string)> lines, ReadOnlySpan<string> old, ReadOnlySpan<string> changed)
    {
        if ((long)old.Length * changed.Length > MaxCells)
        {
            foreach (var line in old) lines.Add((LineChange.Removed, line));
            foreach (var line in changed) lines.Add((LineChange.Added, line));
            return;
        }

        // common[i, j] is the length of the longest common sequence of old[i..] and changed[j..].
        var common = new int[old.Length + 1, changed.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = changed.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == changed[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        for (int i = 0, j = 0; i < old.Length || j < changed.Length;)
        {
            if (i < old.Length && j < changed.Length && old[i] == changed[j]) (lines, i, j) = (Add(lines, LineChange.Same, old[i]), i + 1, j + 1);
            else if (i < old.Length && (j == changed.Length || common[i + 1, j] >= common[i, j + 1])) (lines, i) = (Add(lines, LineChange.Removed, old[i]), i + 1);
            else (lines, j) = (Add(lines, LineChange.Added, changed[j]), j + 1);
        }
    }

    private static List<(LineChange, string)> Add(List<(LineChange, string)> lines, LineChange change, string text)
    {
        lines.Add((change, text));
        return lines;
    }

    private static List<(LineChange Change, string Text)> Collapse(List<(LineChange Change, string Text)> lines)
    {
        List<(LineChange, string)> shown = [];
        for (var i = 0; i < lines.Count; i++)
        {
            var isNear = false;
            for (var j = Math.Max(0, i - Context); j <= Math.Min(lines.Count - 1, i + Context) && !isNear; j++) isNear = lines[j].Change != LineChange.Same;
            if (isNear) shown.Add(lines[i]);
            else if (shown.Count == 0 || shown[^1].Item1 != LineChange.Gap) shown.Add((LineChange.Gap, ""));
        }

        return shown;
    }
}
