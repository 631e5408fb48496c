namespace Nakama.Server.Search;

/// <summary>Creates an index of the kind that suits its size.</summary>
public sealed class SearchIndexFactory(StorageOptions options)
{
    /// <summary>A new index.</summary>
    /// <param name="mostEntries">The maximum number of documents.</param>
    /// <param name="sortable">The fields by which results will be sorted.</param>
    public ISearchIndex<T> Create<T>(int mostEntries, IReadOnlySet<string> sortable)
        where T : notnull =>
        mostEntries >= options.IndexLuceneMinEntries ? new LuceneSearchIndex<T>(sortable) : new SearchIndex<T>();
}
