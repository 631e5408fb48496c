using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Nakama.Server.Search.Text;

/// <summary>The terms by which any part of a name is found: all runs of three characters.</summary>
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

    private static HashSet<string> Cut(string folded)
    {
        var parts = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i + Length <= folded.Length; i++)
        {
            // Halves of surrogate pairs are no valid terms.
            var part = folded.AsSpan(i, Length);
            if (!char.IsLowSurrogate(part[0]) && !char.IsHighSurrogate(part[^1])) parts.Add(part.ToString());
        }

        return parts;
    }
}
