using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>Storage objects, on behalf of the server unless a caller is given. All objects of a call are written or none.</summary>
public interface IStorage
{
    /// <summary>A page of a collection.</summary>
    /// <param name="callerId">The user on whose behalf it happens; null for the system, which may do everything.</param>
    /// <param name="userId">The owner of the objects; null for all owners.</param>
    /// <param name="collection">The collection.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("storage_list")]
    Task<Page<StorageObject>> ListAsync(
        Guid? callerId, Guid? userId, string collection, int limit = 100, string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>Reads objects.</summary>
    /// <param name="keys">The keys of the objects.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The objects that exist, in any order.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("storage_read")]
    Task<IReadOnlyList<StorageObject>> ReadAsync(IReadOnlyCollection<StorageKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Writes objects.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The new versions, in the order of the objects.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("storage_write")]
    Task<IReadOnlyList<StorageObjectAck>> WriteAsync(
        IReadOnlyCollection<StorageWrite> objects, CancellationToken cancellationToken = default);

    /// <summary>Reads objects, writes what a function makes of them, and begins again when another write was faster.</summary>
    /// <param name="keys">The keys of the objects.</param>
    /// <param name="update">Returns what to write, given the objects that exist; their versions should be passed on.</param>
    /// <param name="maxRetries">How often it begins again, 0 to 10.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The new versions, in the order of the objects.</returns>
    /// <exception cref="NakamaException">The server refuses the call, or there were too many retries.</exception>
    [ServerFunction("storage_write_retry")]
    Task<IReadOnlyList<StorageObjectAck>> WriteRetryAsync(
        IReadOnlyCollection<StorageKey> keys, Func<IReadOnlyList<StorageObject>, IReadOnlyCollection<StorageWrite>> update, int maxRetries,
        CancellationToken cancellationToken = default);

    /// <summary>Deletes objects.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("storage_delete")]
    Task DeleteAsync(IReadOnlyCollection<StorageDelete> objects, CancellationToken cancellationToken = default);

    /// <summary>A page of the objects of an index that match a query.</summary>
    /// <param name="callerId">The user on whose behalf it happens; null for the system, which may do everything.</param>
    /// <param name="indexName">The name of the index.</param>
    /// <param name="query">A query of the search language.</param>
    /// <param name="limit">The number of rows of a page.</param>
    /// <param name="order">Fields to sort by, such as <c>-value.level</c>; null for the order of the index.</param>
    /// <param name="cursor">The cursor of an earlier page; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A page.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("storage_index_list")]
    Task<Page<StorageObject>> ListIndexAsync(
        Guid? callerId, string indexName, string query, int limit = 100, IReadOnlyCollection<string>? order = null, string? cursor = null,
        CancellationToken cancellationToken = default);
}
