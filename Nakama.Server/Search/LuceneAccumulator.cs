using System.Runtime.InteropServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Nakama.Server.Search;

/// <summary>
/// Merges the documents of many terms, added in any order. A few documents are stored as a list, many as one bit per
/// document of the segment, so that memory is bounded by the number of documents in the segment.
/// </summary>
/// <param name="documentCount">The number of documents in the segment.</param>
/// <param name="uniform">The score of all documents; null when scores are summed up.</param>
internal sealed class LuceneAccumulator(int documentCount, double? uniform)
{
    // The size at which a list of numbers and scores takes about as much memory as bits and scores for all documents.
    private readonly int _few = uniform is null ? documentCount / 4 : documentCount / 32;
    private readonly List<(int Doc, double Score)> _list = [];
    private FixedBitSet? _bits;
    private double[]? _scores;

    public void Add(DocsEnum docs, double score)
    {
        for (var doc = docs.NextDoc(); doc != LuceneMatches.NoMore; doc = docs.NextDoc()) Add(doc, score);
    }

    public void Add(int doc, double score)
    {
        if (_bits is null)
        {
            _list.Add((doc, score));
            if (_list.Count > _few) Spread();
            return;
        }

        _bits.Set(doc);
        if (_scores is not null) _scores[doc] += score;
    }

    /// <summary>Null when there are no documents.</summary>
    public LuceneMatches? Build()
    {
        if (_bits is null && _list.Count == 0) return null;
        if (_bits is not null)
        {
            var cost = _bits.Cardinality;
            return new(_bits.GetIterator(), cost, uniform ?? 0, _scores is { } scores ? doc => scores[doc] : null);
        }

        _list.Sort(static (x, y) => x.Doc.CompareTo(y.Doc));
        var list = CollectionsMarshal.AsSpan(_list);
        var count = 0;
        for (var i = 0; i < list.Length; i++)
        {
            if (count > 0 && list[count - 1].Doc == list[i].Doc) list[count - 1].Score += list[i].Score;
            else list[count++] = list[i];
        }

        CollectionsMarshal.SetCount(_list, count);
        var docs = new ListIterator(_list);
        return new(docs, count, uniform ?? 0, uniform is null ? _ => docs.Score : null);
    }

    private void Spread()
    {
        _bits = new FixedBitSet(documentCount);
        if (uniform is null) _scores = new double[documentCount];
        foreach (var (doc, score) in _list) Add(doc, score);
        _list.Clear();
    }

    private sealed class ListIterator(List<(int Doc, double Score)> list) : DocIdSetIterator
    {
        private int _at = -1;

        public override int DocID => _at < 0 ? -1 : _at < list.Count ? list[_at].Doc : NO_MORE_DOCS;

        public double Score => list[_at].Score;

        public override int NextDoc()
        {
            _at++;
            return DocID;
        }

        public override int Advance(int target)
        {
            do _at++;
            while (_at < list.Count && list[_at].Doc < target);
            return DocID;
        }

        public override long GetCost() => list.Count;
    }
}
