using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Nakama.Server.Search.Text;

/// <summary>
/// The terms by which any part of a name is found: all runs of three characters. One that occurs again has a term for each time, with its
/// number behind it, so that a part such as <c>77777</c> excludes names with fewer of them.
/// </summary>
internal static class NameParts
{
    private const int Length = INameIndex.MinPartLength;

    // More of them hardly exclude more names.
    private const int MaxQueryTerms = 32;

    /// <summary>The terms of a name that is indexed.</summary>
    public static IReadOnlyCollection<string> Of(string name) => Cut(TextTerms.Fold(name, TextTerms.MaxWholeLength));

    /// <summary>A query for the names that may contain a text; null when it is too short.</summary>
    public static Query? Containing(string kind, string part)
    {
        var terms = Cut(TextTerms.Fold(part, TextTerms.MaxWholeLength));
        if (terms.Count == 0) return null;
        var every = new BooleanQuery(disableCoord: true) { { new TermQuery(TextDocuments.KindTerm(kind)), Occur.MUST } };
        foreach (var term in terms.Take(MaxQueryTerms)) every.Add(new TermQuery(new Term(TextDocuments.PartField, term)), Occur.MUST);
        return new ConstantScoreQuery(every);
    }

    private static List<string> Cut(string folded)
    {
        var parts = new List<string>();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i + Length <= folded.Length; i++)
        {
            // Halves of surrogate pairs are no valid terms.
            var part = folded.AsSpan(i, Length);
            if (char.IsLowSurrogate(part[0]) || char.IsHighSurrogate(part[^1])) continue;
            var run = part.ToString();
            var count = counts[run] = counts.GetValueOrDefault(run) + 1;
            parts.Add(count == 1 ? run : string.Create(CultureInfo.InvariantCulture, $"{run}{count}"));
        }

        return parts;
    }
}
