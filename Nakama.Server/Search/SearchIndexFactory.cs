namespace Nakama.Server.Search;

/// <summary>Creates an index of the kind that suits its size.</summary>
/// <param name="luceneMinEntries">From this size an index is Lucene's.</param>
public sealed class SearchIndexFactory(int luceneMinEntries)
{
    /// <summary>A new index.</summary>
    /// <param name="mostEntries">The maximum number of documents.</param>
    /// <param name="sortable">The fields by which results will be sorted.</param>
    public ISearchIndex<T> Create<T>(int mostEntries, IReadOnlySet<string> sortable)
        where T : notnull =>
        mostEntries >= luceneMinEntries ? new LuceneSearchIndex<T>(sortable) : new SearchIndex<T>();
}
