using Lucene.Net.Search;

namespace Nakama.Server.Search;

/// <summary>The documents of a segment that match a clause, with their scores. Must be read in ascending order.</summary>
/// <param name="docs">The documents; may include deleted ones.</param>
/// <param name="cost">The maximum number of documents.</param>
/// <param name="uniform">The score of every document, unless <paramref name="scoreOf"/> is given.</param>
/// <param name="scoreOf">The score of the current document.</param>
internal sealed class LuceneMatches(DocIdSetIterator docs, long cost, double uniform, Func<int, double>? scoreOf = null)
{
    public const int NoMore = DocIdSetIterator.NO_MORE_DOCS;

    public long Cost => cost;

    /// <summary>The first document at or after the given one, or <see cref="NoMore"/>.</summary>
    public int From(int doc) => docs.DocID >= doc ? docs.DocID : docs.Advance(doc);

    public bool Contains(int doc) => From(doc) == doc;

    /// <summary>The same documents with other scores.</summary>
    public LuceneMatches With(Func<int, double> otherScoreOf) => new(docs, cost, 0, otherScoreOf);

    /// <summary>The score of a document that is among these.</summary>
    public double ScoreOf(int doc) => scoreOf?.Invoke(doc) ?? uniform;
}
