namespace Nakama.Server.Search.Text;

/// <summary>Cuts the part out of a row that shows why it is a hit.</summary>
internal static class TextHighlight
{
    private const int Before = 32;
    private const int MaxLength = 160;

    /// <summary>Empty when title and subtitle show it, or when a typing error was overlooked.</summary>
    public static IReadOnlyList<TextFragment> Of(TextRow row, TextQuery query)
    {
        if (Around(row.Body, query) is { Count: > 0 } body) return body;
        foreach (var text in row.Ids.Concat(row.Names))
        {
            if (text != row.Title && text != row.Subtitle && text != row.Id && query.MatchesWhole(text)) return [new(Shortened(text), IsMatch: true)];
        }

        return [];
    }

    private static List<TextFragment> Around(string text, TextQuery query)
    {
        var fragments = new List<TextFragment>();
        var (at, end) = (0, text.Length);
        foreach (var (start, length) in TextTerms.Words(text))
        {
            if (start >= end) break;
            if (!query.Matches(text.AsSpan(start, length))) continue;
            if (fragments.Count == 0)
            {
                at = Math.Max(0, start - Before);
                if (at > 0 && char.IsLowSurrogate(text[at])) at++;
                if (at > 0) fragments.Add(new("…", IsMatch: false));
                end = EndAt(text, at + MaxLength);
            }

            if (start + length > end) end = EndAt(text, start + Math.Min(length, MaxLength));
            if (start > at) fragments.Add(new(text[at..start], IsMatch: false));
            at = Math.Min(start + length, end);
            fragments.Add(new(text[start..at], IsMatch: true));
        }

        if (fragments.Count == 0) return fragments;
        if (end > at) fragments.Add(new(text[at..end], IsMatch: false));
        if (end < text.Length) fragments.Add(new("…", IsMatch: false));
        return fragments;
    }

    // Not within a surrogate pair.
    private static int EndAt(string text, int at) =>
        at >= text.Length ? text.Length : char.IsLowSurrogate(text[at]) ? at + 1 : at;

    private static string Shortened(string text)
    {
        if (text.Length <= MaxLength) return text;
        return text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)] + "…";
    }
}
