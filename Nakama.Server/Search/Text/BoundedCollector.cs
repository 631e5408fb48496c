using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Nakama.Server.Search.Text;

/// <summary>Keeps the best hits, and stops when the time is over.</summary>
internal sealed class BoundedCollector(int count, TimeSpan patience, TimeProvider time) : ICollector
{
    // Reading the clock costs more than collecting a hit.
    private const int HitsBetweenLooks = 1024;

    private readonly TopScoreDocCollector _best = TopScoreDocCollector.Create(count, docsScoredInOrder: true);
    private readonly long _startedAt = time.GetTimestamp();
    private int _seen;

    /// <summary>Whether it was stopped before it had seen all hits.</summary>
    public bool IsStopped { get; private set; }

    public bool AcceptsDocsOutOfOrder => false;

    public int TotalHits => _best.TotalHits;

    public ScoreDoc[] Take() => _best.GetTopDocs().ScoreDocs;

    public void SetScorer(Scorer scorer) => _best.SetScorer(scorer);

    public void SetNextReader(AtomicReaderContext context)
    {
        Look();
        _best.SetNextReader(context);
    }

    public void Collect(int doc)
    {
        if (++_seen % HitsBetweenLooks == 0) Look();
        _best.Collect(doc);
    }

    private void Look()
    {
        IsStopped = IsStopped || time.GetElapsedTime(_startedAt) > patience;
        // Ends one segment, and all that follow as each of them looks first.
        if (IsStopped) throw new CollectionTerminatedException();
    }
}
