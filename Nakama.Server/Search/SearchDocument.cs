namespace Nakama.Server.Search;

/// <summary>
/// The searchable fields of an item. A field may have several values, of several kinds. It is filled by one caller and must
/// not be changed afterwards.
/// </summary>
/// <param name="count">The expected number of values, if known.</param>
public sealed class SearchDocument(int count = 0)
{
    /// <summary>Every document has its id in this field.</summary>
    internal const string IdField = "_id";

    private readonly List<SearchValue> _values = new(count);

    internal IReadOnlyList<SearchValue> Values => _values;

    /// <summary>Text that is matched as a whole, even if it looks like a date. Very long text is not indexed.</summary>
    public SearchDocument Keyword(string field, string text)
    {
        if (text.Length <= SearchLimits.TextLength) _values.Add(new(field, text, 0));
        return this;
    }

    /// <summary>Text, indexed like a JSON string: as a date when it looks like one, otherwise as a keyword.</summary>
    public SearchDocument Text(string field, string text) =>
        SearchDate.TryParse(text, out var nanoseconds) ? Date(field, nanoseconds) : Keyword(field, text);

    /// <summary>NaN is not indexed.</summary>
    public SearchDocument Number(string field, double number)
    {
        if (!double.IsNaN(number)) _values.Add(new(field, null, SortableNumber.Of(number)));
        return this;
    }

    /// <summary>A boolean is indexed as the keyword <c>T</c> or <c>F</c>.</summary>
    public SearchDocument Flag(string field, bool flag) => Keyword(field, flag ? "T" : "F");

    public SearchDocument Date(string field, DateTimeOffset time) => Date(field, SearchDate.Of(time));

    /// <summary>
    /// Adds every value of a JSON object, under the path of its keys joined by dots. Anything other than a valid JSON object
    /// adds nothing.
    /// </summary>
    /// <param name="field">The prefix of the paths.</param>
    /// <param name="json">Any text.</param>
    /// <param name="keys">The top-level keys to index; null for all.</param>
    public SearchDocument Json(string field, string json, IReadOnlySet<string>? keys = null)
    {
        var count = _values.Count;
        if (!SearchJson.TryAdd(this, field, json, keys)) _values.RemoveRange(count, _values.Count - count);
        return this;
    }

    internal SearchDocument Date(string field, long nanoseconds)
    {
        _values.Add(new(field, null, nanoseconds));
        return this;
    }
}
