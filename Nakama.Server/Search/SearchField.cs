using System.Runtime.InteropServices;

namespace Nakama.Server.Search;

/// <summary>One field of an index: its texts, each with the documents that have it, and its numbers in order.</summary>
internal sealed class SearchField(string name)
{
    private SortedTerms? _sorted;

    public string Name { get; } = name;

    public Dictionary<string, SearchTerm> Terms { get; } = new(StringComparer.Ordinal);

    /// <summary>The same terms by their texts.</summary>
    public SortedTerms Sorted => _sorted ??= new(Terms);

    public NumberColumn Numbers { get; } = new();

    /// <summary>Whether some document has more than one value in this field; then clauses may count more than once.</summary>
    public bool IsManyValued { get; set; }

    public int YoungestRow { get; set; } = -1;

    /// <summary>Whether some text contains a line break, which wildcards do not match.</summary>
    public bool HasLineBreaks { get; private set; }

    /// <summary>The term of a text, created when there is none.</summary>
    public SearchTerm TermOf(string text)
    {
        ref var term = ref CollectionsMarshal.GetValueRefOrAddDefault(Terms, text, out var isKnown);
        if (isKnown) return term!;
        term = new SearchTerm(this, text);
        HasLineBreaks |= text.Contains('\n', StringComparison.Ordinal);
        _sorted?.Add(term);
        return term;
    }
}
