using Lucene.Net.Search.Similarities;

namespace Nakama.Server.Search.Text;

/// <summary>Scores a document by the weights of the clauses that match alone.</summary>
internal sealed class WeightSimilarity : DefaultSimilarity
{
    public override float Coord(int overlap, int maxOverlap) => 1;

    public override float QueryNorm(float sumOfSquaredWeights) => 1;

    public override float Idf(long docFreq, long numDocs) => 1;

    public override float Tf(float freq) => 1;
}
