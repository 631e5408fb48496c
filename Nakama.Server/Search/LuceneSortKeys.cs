using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Nakama.Server.Search;

/// <summary>Reads the values by which documents are sorted from the columns of an index. Used by a single search.</summary>
internal sealed class LuceneSortKeys(IndexReader reader) : ISortKeys
{
    private readonly Dictionary<(int Segment, string Field), Columns> _columns = [];
    private readonly BytesRef _text = new();

    public SortKey KeyOf(int row, string field)
    {
        var segment = ReaderUtil.SubIndex(row, reader.Leaves);
        if (!_columns.TryGetValue((segment, field), out var columns))
            _columns.Add((segment, field), columns = new(reader.Leaves[segment].AtomicReader, field));
        var doc = row - reader.Leaves[segment].DocBase;
        if (columns.HasNumber?.Get(doc) == true) return SortKey.Of(columns.Numbers!.Get(doc));
        if (columns.Texts is not { } texts || texts.GetOrd(doc) is var ord && ord < 0) return default;
        texts.LookupOrd(ord, _text);
        return SortKey.Of(_text.Utf8ToString());
    }

    private sealed class Columns(AtomicReader reader, string field)
    {
        public NumericDocValues? Numbers { get; } = reader.GetNumericDocValues(LuceneDocuments.NumberColumn(field));

        public IBits? HasNumber { get; } = reader.GetDocsWithField(LuceneDocuments.NumberColumn(field));

        public SortedDocValues? Texts { get; } = reader.GetSortedDocValues(LuceneDocuments.TextColumn(field));
    }
}
