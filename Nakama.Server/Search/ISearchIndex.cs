namespace Nakama.Server.Search;

/// <summary>
/// Documents by id, searchable with the query language. A document holds the fields that are searched; the item is the
/// search result. Changes are visible to the next search. All members are thread-safe.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
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

    /// <summary>Adds a document or replaces the one with that id; it becomes the youngest.</summary>
    /// <param name="id">Also the value of the field <c>_id</c>.</param>
    /// <param name="document">The document; must not be changed afterwards.</param>
    /// <param name="item">The item that searches return.</param>
    void Put(string id, SearchDocument document, T item);

    /// <summary>False when there is no such document.</summary>
    bool Remove(string id);

    bool TryGet(string id, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T item);

    /// <summary>The hits in the requested order; equal ones in insertion order.</summary>
    /// <exception cref="SearchQueryException">A clause of the query cannot be run.</exception>
    SearchPage<T> Search(SearchRequest<T> request);
}
