using System.Runtime.InteropServices;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Nakama.Server.Search;

/// <summary>
/// Creates the Lucene form of a document: its values as terms, its first values as columns to sort by, and the index of
/// its item. Not thread-safe; each document must be consumed before the next one is created.
/// </summary>
/// <param name="sortable">The fields that can be sorted by; null for all.</param>
internal sealed class LuceneDocuments(IReadOnlySet<string>? sortable) : IDisposable
{
    public const string ItemColumn = "item";
    public const string NumbersColumn = "numbers";
    private const string NumberPrefix = "n.";
    private const string TextPrefix = "t.";

    private static readonly FieldType Terms = new FieldType
    {
        IsIndexed = true,
        IsTokenized = true,
        OmitNorms = true,
        IndexOptions = IndexOptions.DOCS_ONLY,
    }.Freeze();

    private readonly LuceneTokens _tokens = new();
    private readonly List<SearchValue> _values = [];

    // The number of values of each field of this document.
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _many = [];

    public static string NumberColumn(string field) => NumberPrefix + field;

    public static string TextColumn(string field) => TextPrefix + field;

    public Document Make(string id, SearchDocument source, int item)
    {
        _values.Clear();
        _values.Add(new(SearchDocument.IdField, id, 0));
        foreach (var value in source.Values)
        {
            if (!value.Field.Contains(LuceneTerms.Separator, StringComparison.Ordinal)) _values.Add(value);
        }

        var document = new Document { new NumericDocValuesField(ItemColumn, item) };
        _counts.Clear();
        _many.Clear();
        foreach (var value in _values)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, value.Field, out _);
            count++;
            if (count == 1) AddColumn(document, value);
            else if (count == 2) _many.Add(value.Field);
        }

        if (_many.Count > 0) document.Add(new BinaryDocValuesField(NumbersColumn, new BytesRef(LuceneNumbers.Write(_values, _many))));
        _tokens.Use(_values, _many);
        document.Add(new Field(LuceneTerms.Field, _tokens, Terms));
        return document;
    }

    public void Dispose() => _tokens.Dispose();

    private void AddColumn(Document document, SearchValue value)
    {
        if (sortable?.Contains(value.Field) == false) return;
        document.Add(value.Text is null
            ? new NumericDocValuesField(NumberColumn(value.Field), value.Number)
            : new SortedDocValuesField(TextColumn(value.Field), new BytesRef(value.Text)));
    }
}
