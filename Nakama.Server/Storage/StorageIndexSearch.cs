using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Search;

namespace Nakama.Server.Storage;

/// <summary>Finds objects through the indexes, for game logic.</summary>
public sealed class StorageIndexSearch(StorageIndexes indexes, StorageStore store, StorageOptions options)
{
    /// <summary>The maximum number of objects in a page.</summary>
    public const int MaxPageSize = 10_000;

    /// <summary>Returns a page of the objects that a query matches, with the cursor of the next one if there are more.</summary>
    /// <param name="indexName">The index.</param>
    /// <param name="query">The query; empty matches all.</param>
    /// <param name="limit">1 to <see cref="MaxPageSize"/>; validated by the caller.</param>
    /// <param name="order">Fields, with a leading <c>-</c> for descending ones; empty sorts by score, the best first.</param>
    /// <param name="readerId">The reading user; null for the server, which may read all.</param>
    /// <param name="cursor">The cursor from the previous page, or empty.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="StorageIndexException">There is no such index, or the cursor belongs to another list.</exception>
    /// <exception cref="SearchQueryException">The query cannot be parsed or run.</exception>
    public async ValueTask<StorageObjectList> ListAsync(
        string indexName, string query, int limit, IReadOnlyList<string> order, Guid? readerId, string cursor, CancellationToken cancellationToken)
    {
        var index = indexes.Find(indexName) ?? throw StorageIndexErrors.NotFound(indexName);
        if (query.Length == 0) query = SearchQuery.All.Text;
        var offset = cursor.Length == 0 ? 0 : StorageIndexCursor.OffsetOf(cursor, query, limit, order);
        var found = index.Search(SearchQuery.Parse(query), order, offset, limit);
        var page = index.Definition.IndexOnly && !options.DisableIndexOnly
            ? Show(found, readerId)
            : await ReadAsync(index, found, readerId, cancellationToken);
        if (found.Total - (long)offset > limit) page.Cursor = new StorageIndexCursor(query, limit, order, offset + limit).ToString();
        return page;
    }

    private static StorageObjectList Show(SearchPage<StorageIndexEntry> found, Guid? readerId)
    {
        var page = new StorageObjectList();
        foreach (var (entry, _) in found.Hits)
        {
            if (!entry.MayRead(readerId)) continue;
            page.Objects.Add(new StorageObject
            {
                Collection = entry.Id.Collection,
                Key = entry.Id.Key,
                UserId = entry.Id.OwnerId.ToString(),
                Value = entry.Value,
                Version = entry.Version,
                PermissionRead = entry.Read,
                PermissionWrite = entry.Write,
                CreateTime = new Timestamp { Seconds = entry.CreatedAt.ToUnixTimeSeconds() },
                UpdateTime = new Timestamp { Seconds = entry.UpdatedAt.ToUnixTimeSeconds() },
            });
        }

        return page;
    }

    /// <summary>Returns the current objects of the database, and corrects outdated and deleted entries of the index.</summary>
    private async ValueTask<StorageObjectList> ReadAsync(
        StorageIndex index, SearchPage<StorageIndexEntry> found, Guid? readerId, CancellationToken cancellationToken)
    {
        var page = new StorageObjectList();
        if (found.Hits.Count == 0) return page;
        var ids = found.Hits.Select(static hit => hit.Item.Id).ToArray();
        var read = await store.ReadAsync(ids, readerId, cancellationToken);
        var stored = read.Objects.ToDictionary(static item => (item.Key, item.UserId));
        foreach (var (entry, _) in found.Hits)
        {
            if (!stored.TryGetValue((entry.Id.Key, entry.Id.OwnerId.ToString()), out var item))
            {
                // Without a reader no object is hidden, so a missing one was deleted.
                if (readerId is null) index.Remove(entry);
                continue;
            }

            page.Objects.Add(item);
            if (item.Version == entry.Version) continue;
            var write = new StorageWrite(entry.Id, item.Value, item.Version, (short)item.PermissionRead, (short)item.PermissionWrite);
            // The object that was read is newer, though its time was truncated to the second.
            var updatedAt = item.UpdateTime.ToDateTimeOffset();
            if (updatedAt < entry.UpdatedAt) updatedAt = entry.UpdatedAt;
            await indexes.PutAsync(index, write, item.Version, item.CreateTime.ToDateTimeOffset(), updatedAt, cancellationToken);
        }

        return page;
    }
}
