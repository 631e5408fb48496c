using Lucene.Net.Search;

namespace Nakama.Server.Search;

/// <summary>The documents of a segment that fit a clause, ascending, and how well each does. To be asked in ascending order.</summary>
/// <param name="docs">The documents; may be some that are gone.</param>
/// <param name="cost">How many there are at most.</param>
/// <param name="uniform">How well each fits, unless <paramref name="scoreOf"/> says it.</param>
/// <param name="scoreOf">How well the current document fits.</param>
internal sealed class LuceneMatches(DocIdSetIterator docs, long cost, double uniform, Func<int, double>? scoreOf = null)
{
    public const int NoMore = DocIdSetIterator.NO_MORE_DOCS;

    public long Cost => cost;

    /// <summary>The first document at or behind another, or <see cref="NoMore"/>.</summary>
    public int From(int doc) => docs.DocID >= doc ? docs.DocID : docs.Advance(doc);

    public bool Contains(int doc) => From(doc) == doc;

    /// <summary>The same documents with other scores.</summary>
    public LuceneMatches With(Func<int, double> otherScoreOf) => new(docs, cost, 0, otherScoreOf);

    /// <summary>How well a document fits that is among these.</summary>
    public double ScoreOf(int doc) => scoreOf?.Invoke(doc) ?? uniform;
}
