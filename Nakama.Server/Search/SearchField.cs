namespace Nakama.Server.Search;

/// <summary>One field of an index: its texts, each with the documents that have it, and its numbers in order.</summary>
internal sealed class SearchField(string name)
{
    public string Name { get; } = name;

    public Dictionary<string, SearchTerm> Terms { get; } = new(StringComparer.Ordinal);

    public NumberColumn Numbers { get; } = new();

    /// <summary>Whether some document has more than one value here; then clauses may count more than once.</summary>
    public bool IsManyValued { get; set; }

    public int YoungestRow { get; set; } = -1;
}
