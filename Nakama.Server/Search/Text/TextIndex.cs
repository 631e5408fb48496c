using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace Nakama.Server.Search.Text;

/// <summary>
/// A full-text index in a folder. Searches run in parallel and see the changes made before the last <see cref="Refresh"/>; changes
/// are made by one caller at a time. After a crash it is as it was at the last <see cref="Commit"/>.
/// </summary>
internal sealed class TextIndex : IDisposable
{
    private const double BufferMegabytes = 16;
    private const string LockFile = "write.lock";

    private readonly TimeProvider _time;
    private readonly FSDirectory _directory;
    private readonly IndexWriter _writer;
    private readonly SearcherManager _searchers;
    private readonly TextDocuments _documents = new();

    private TextIndex(string folder, FSDirectory directory, IndexWriter writer, TimeProvider time)
    {
        (Folder, _directory, _writer, _time) = (folder, directory, writer, time);
        _searchers = new SearcherManager(writer, applyAllDeletes: true, searcherFactory: new Searchers());
        State = new Dictionary<string, string>(writer.CommitData, StringComparer.Ordinal);
        Refresh();
        SizeBytes = Measure();
    }

    public string Folder { get; }

    /// <summary>What the owner of the index keeps with it; as of the last commit when the index is opened.</summary>
    public Dictionary<string, string> State { get; }

    /// <summary>The number of documents that searches see.</summary>
    public int Count { get; private set; }

    /// <summary>The size of the files at the last commit.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>The UTF-16 characters of the rows that were added since the last commit.</summary>
    public long PendingLength { get; private set; }

    /// <summary>Opens an index, or creates it when there is none; null while another process or instance has it open.</summary>
    /// <exception cref="TextIndexException">The files are damaged.</exception>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static TextIndex? TryOpen(string folder, TimeProvider time)
    {
        CreatePrivate(folder);
        FSDirectory? directory = null;
        IndexWriter? writer = null;
        try
        {
            // Not mapped into memory: there a file that is cut off, or closed while it is searched, ends the process.
            directory = new NIOFSDirectory(folder);
            writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, null)
            {
                OpenMode = OpenMode.CREATE_OR_APPEND,
                RAMBufferSizeMB = BufferMegabytes,
                Similarity = new WeightSimilarity(),
                // Merges run where documents are added, so that their failures are noticed there.
                MergeScheduler = new SerialMergeScheduler(),
                WriteLockTimeout = 0,
            });
            return new TextIndex(folder, directory, writer, time);
        }
        catch (LockObtainFailedException)
        {
            directory?.Dispose();
            return null;
        }
        catch (Exception e)
        {
            Close(writer, directory);
            throw new TextIndexException(e);
        }
    }

    /// <summary>Deletes the files of an index that is not open.</summary>
    public static void Delete(string folder)
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(folder))
        {
            // A lock that someone holds lasts as long as its file.
            if (Path.GetFileName(file) != LockFile) File.Delete(file);
        }
    }

    /// <summary>Adds a row, or replaces the one with that id.</summary>
    public void Put(string kind, TextRow row) => Guard(() =>
    {
        _writer.UpdateDocument(TextDocuments.IdTerm(kind, row.Id), _documents.Make(kind, row));
        PendingLength += row.Length;
    });

    /// <summary>Removes a row, and those that it owns.</summary>
    public void Remove(string kind, string id) => Guard(() => _writer.DeleteDocuments(TextDocuments.IdTerm(kind, id), TextDocuments.OwnerTerm(id)));

    /// <summary>Removes all rows.</summary>
    public void Clear() => Guard(_writer.DeleteAll);

    /// <summary>Makes the changes visible to searches.</summary>
    public void Refresh() => Guard(() =>
    {
        _searchers.MaybeRefreshBlocking();
        var searcher = _searchers.Acquire();
        Count = searcher.IndexReader.NumDocs;
        _searchers.Release(searcher);
    });

    /// <summary>Makes the changes durable, together with the state.</summary>
    public void Commit() => Guard(() =>
    {
        _writer.SetCommitData(new Dictionary<string, string>(State, StringComparer.Ordinal));
        _writer.Commit();
        SizeBytes = Measure();
        PendingLength = 0;
    });

    /// <summary>A range of the hits of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="kinds">The kinds of rows; null for all.</param>
    /// <param name="offset">The number of hits before the range.</param>
    /// <param name="limit">The maximum number of hits in the range.</param>
    /// <param name="patience">How long the search may take.</param>
    public TextHits Search(TextQuery query, IReadOnlyCollection<string>? kinds, int offset, int limit, TimeSpan patience) =>
        Search(query.Build(kinds), offset, limit, patience);

    /// <summary>The rows of a kind whose names may contain a text; null when the text is too short to tell.</summary>
    /// <param name="kind">The kind of the rows.</param>
    /// <param name="part">The text.</param>
    /// <param name="limit">The maximum number of hits.</param>
    /// <param name="patience">How long the search may take.</param>
    public TextHits? SearchNames(string kind, string part, int limit, TimeSpan patience) =>
        NameParts.Containing(kind, part) is { } query ? Search(query, 0, limit, patience) : null;

    private TextHits Search(Query query, int offset, int limit, TimeSpan patience)
    {
        TextHits? found = null;
        Guard(() =>
        {
            var searcher = _searchers.Acquire();
            try
            {
                var collector = new BoundedCollector(offset + limit, patience, _time);
                searcher.Search(query, collector);
                var best = collector.Take();
                var hits = new List<TextHit>(limit);
                for (var i = offset; i < best.Length; i++)
                {
                    var document = searcher.Doc(best[i].Doc);
                    var (kind, id) = TextDocuments.ReadId(document.Get(TextDocuments.IdField));
                    hits.Add(new(kind, id, document.GetField(TextDocuments.TimeField).GetInt64Value() ?? 0));
                }

                found = new(hits, collector.TotalHits > offset + limit, collector.IsStopped);
            }
            finally
            {
                _searchers.Release(searcher);
            }
        });
        return found!;
    }

    /// <summary>Closes the files; changes since the last commit are lost.</summary>
    public void Dispose()
    {
        try
        {
            _documents.Dispose();
            _searchers.Dispose();
        }
        finally
        {
            Close(_writer, _directory);
        }
    }

    /// <summary>The rows may be those of all players.</summary>
    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows()) System.IO.Directory.CreateDirectory(folder);
        else System.IO.Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void Close(IndexWriter? writer, FSDirectory? directory)
    {
        try
        {
            writer?.Rollback();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Of damaged files nothing more can be closed properly; the lock is given back below.
            if (directory is not null && IndexWriter.IsLocked(directory)) IndexWriter.Unlock(directory);
        }

        directory?.Dispose();
    }

    /// <summary>The library reports damaged files by many types of exceptions, those of wrong indexes and casts among them.</summary>
    private static void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new TextIndexException(e);
        }
    }

    private long Measure()
    {
        var size = 0L;
        foreach (var file in new DirectoryInfo(Folder).EnumerateFiles())
        {
            // A merge may delete a file meanwhile.
            size += file.Exists ? file.Length : 0;
        }

        return size;
    }

    private sealed class Searchers : SearcherFactory
    {
        private static readonly WeightSimilarity Weights = new();

        public override IndexSearcher NewSearcher(IndexReader reader) => new(reader) { Similarity = Weights };
    }
}
