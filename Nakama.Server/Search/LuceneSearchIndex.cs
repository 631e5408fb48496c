using System.Diagnostics.CodeAnalysis;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Lock = System.Threading.Lock;

namespace Nakama.Server.Search;

/// <summary>
/// An index for many documents, in Lucene's memory directory: it takes less memory per document and stays fast with many
/// documents, but the first search after a change costs far more than one of <see cref="SearchIndex{T}"/>. That search makes
/// the changes visible, so every search sees all earlier writes. Searches run in parallel, changes one at a time.
/// </summary>
internal sealed class LuceneSearchIndex<T> : ISearchIndex<T>, IDisposable
    where T : notnull
{
    private const double BufferMegabytes = 64;

    private readonly ReaderWriterLockSlim _gate = new();
    private readonly Lock _refreshing = new();
    private readonly RAMDirectory _directory = new();
    private readonly IndexWriter _writer;
    private readonly LuceneDocuments _documents;

    // A document stores the list index of its item; the indexes of removed documents are reused.
    private readonly Dictionary<string, int> _placeOfId = new(StringComparer.Ordinal);
    private readonly List<T?> _items = [];
    private readonly Stack<int> _free = [];
    private DirectoryReader _reader;
    private bool _isChanged;

    /// <param name="sortable">The fields that can be sorted by; null for all.</param>
    public LuceneSearchIndex(IReadOnlySet<string>? sortable)
    {
        _documents = new LuceneDocuments(sortable);
        _writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, null)
        {
            RAMBufferSizeMB = BufferMegabytes,
            // A single thread state and merges of adjacent segments only keep documents in insertion order.
            MaxThreadStates = 1,
            // Searches right after writes create segments of single documents, which are merged step by step.
            MergePolicy = new LogDocMergePolicy { MinMergeDocs = 10, NoCFSRatio = 0 },
            UseCompoundFile = false,
        });
        _reader = DirectoryReader.Open(_writer, applyAllDeletes: true);
    }

    public int Count
    {
        get
        {
            _gate.EnterReadLock();
            try
            {
                return _placeOfId.Count;
            }
            finally
            {
                _gate.ExitReadLock();
            }
        }
    }

    public void Put(string id, SearchDocument document, T item)
    {
        _gate.EnterWriteLock();
        try
        {
            var isKnown = _placeOfId.TryGetValue(id, out var place);
            if (!isKnown) place = NewPlace();
            var made = _documents.Make(id, document, place);
            if (isKnown) _writer.UpdateDocument(IdTerm(id), made);
            else _writer.AddDocument(made);
            _placeOfId[id] = place;
            _items[place] = item;
            _isChanged = true;
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    public bool Remove(string id)
    {
        _gate.EnterWriteLock();
        try
        {
            if (!_placeOfId.Remove(id, out var place)) return false;
            _writer.DeleteDocuments(IdTerm(id));
            _items[place] = default;
            _free.Push(place);
            return _isChanged = true;
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    public bool TryGet(string id, [MaybeNullWhen(false)] out T item)
    {
        _gate.EnterReadLock();
        try
        {
            var isThere = _placeOfId.TryGetValue(id, out var place);
            item = isThere ? _items[place] : default;
            return isThere;
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    public SearchPage<T> Search(SearchRequest<T> request)
    {
        _gate.EnterReadLock();
        try
        {
            // The read lock excludes writes, so the reader matches the items.
            var reader = Refresh();
            var ranking = new SearchRanking(new LuceneSortKeys(reader), request.Order, request.Offset, request.Limit);
            Collect(reader, request, ranking);
            var wanted = ranking.Take();
            var page = new SearchHit<T>[wanted.Length];
            for (var i = 0; i < page.Length; i++) page[i] = new(ItemOf(reader, wanted[i].Row), wanted[i].Score);
            return new(page, ranking.Total);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
        _documents.Dispose();
        _directory.Dispose();
        _gate.Dispose();
    }

    private static Term IdTerm(string id) => new(LuceneTerms.Field, LuceneTerms.Of(SearchDocument.IdField, LuceneTerms.Text, id));

    private int NewPlace()
    {
        if (_free.TryPop(out var place)) return place;
        _items.Add(default);
        return _items.Count - 1;
    }

    private DirectoryReader Refresh()
    {
        lock (_refreshing)
        {
            if (!_isChanged) return _reader;
            if (DirectoryReader.OpenIfChanged(_reader, _writer, applyAllDeletes: true) is { } newer)
            {
                // The old reader is no longer in use: changes wait until all searches have ended.
                _reader.Dispose();
                _reader = newer;
            }

            _isChanged = false;
            return _reader;
        }
    }

    private void Collect(DirectoryReader reader, SearchRequest<T> request, SearchRanking ranking)
    {
        var plan = new LucenePlan(request.Query, request.Filters);
        foreach (var leaf in reader.Leaves)
        {
            var places = request.Accept is null ? null : leaf.AtomicReader.GetNumericDocValues(LuceneDocuments.ItemColumn);
            plan.Collect(leaf.AtomicReader, (doc, score) =>
            {
                if (places is null || request.Accept!(_items[(int)places.Get(doc)]!)) ranking.Offer(leaf.DocBase + doc, score);
            });
        }
    }

    private T ItemOf(DirectoryReader reader, int row)
    {
        var leaf = reader.Leaves[ReaderUtil.SubIndex(row, reader.Leaves)];
        return _items[(int)leaf.AtomicReader.GetNumericDocValues(LuceneDocuments.ItemColumn).Get(row - leaf.DocBase)]!;
    }
}
