namespace Nakama.Server.Search;

/// <summary>
/// Documents by id, found with the query language. A document is the fields by which something is found, and the item is
/// that something. What is put or removed is seen by the next search. Every member may be called from any thread.
/// </summary>
/// <typeparam name="T">What a search finds.</typeparam>
/// <example>
/// <code>
/// ISearchIndex&lt;Match&gt; matches = new SearchIndex&lt;Match&gt;();
/// matches.Put(match.Id, new SearchDocument().Keyword("node", node).Number("tick_rate", 10).Json("label", match.Label), match);
/// var page = matches.Search(new SearchRequest&lt;Match&gt;
/// {
///     Query = SearchQuery.Parse("+label.mode:ffa label.rank:&gt;=5"),
///     Order = [SearchOrder.Score, SearchOrder.By("create_time", isDescending: true)],
///     Limit = 10,
/// });
/// foreach (var hit in page.Hits) Show(hit.Item, hit.Score);
/// </code>
/// </example>
public interface ISearchIndex<T>
    where T : notnull
{
    int Count { get; }

    /// <summary>Adds a document or replaces the one of that id, which then counts as the youngest.</summary>
    /// <param name="id">Also the value of the field <c>_id</c>.</param>
    /// <param name="document">Not to be changed any more.</param>
    /// <param name="item">What a search finds.</param>
    void Put(string id, SearchDocument document, T item);

    /// <summary>False when there was none.</summary>
    bool Remove(string id);

    bool TryGet(string id, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T item);

    /// <summary>The hits in the order asked for; equal ones in the order in which they were put.</summary>
    /// <exception cref="SearchQueryException">A clause of the query cannot be run.</exception>
    SearchPage<T> Search(SearchRequest<T> request);
}
