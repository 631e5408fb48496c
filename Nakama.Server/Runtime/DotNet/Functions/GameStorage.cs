using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IStorage"/>
internal sealed class GameStorage(GameFunctionCaller caller) : GameFunctionGroup(caller), IStorage
{
    public async Task<Page<StorageObject>> ListAsync(
        Guid? callerId, Guid? userId, string collection, int limit, string? cursor, CancellationToken cancellationToken) =>
        Page<StorageObject>(await CallAsync(
            "storage_list",
            [
                Id(userId), Text(collection), Whole(limit), Text(cursor), Id(callerId),
            ],
            cancellationToken));

    public async Task<IReadOnlyList<StorageObject>> ReadAsync(IReadOnlyCollection<StorageKey> keys, CancellationToken cancellationToken) =>
        List<StorageObject>(await CallAsync("storage_read", [Rows(keys)], cancellationToken));

    public async Task<IReadOnlyList<StorageObjectAck>> WriteAsync(
        IReadOnlyCollection<StorageWrite> objects, CancellationToken cancellationToken) =>
        List<StorageObjectAck>(await CallAsync("storage_write", [Rows(objects)], cancellationToken));

    public async Task<IReadOnlyList<StorageObjectAck>> WriteRetryAsync(
        IReadOnlyCollection<StorageKey> keys, Func<IReadOnlyList<StorageObject>, IReadOnlyCollection<StorageWrite>> update, int maxRetries,
        CancellationToken cancellationToken)
    {
        GameCallback callback = objects => Rows(update(List<StorageObject>(objects)));
        return List<StorageObjectAck>(await CallAsync(
            "storage_write_retry", [Rows(keys), ScriptValue.Foreign(callback), Whole(maxRetries)], cancellationToken));
    }

    public Task DeleteAsync(IReadOnlyCollection<StorageDelete> objects, CancellationToken cancellationToken) =>
        CallAsync("storage_delete", [Rows(objects)], cancellationToken);

    public async Task<Page<StorageObject>> ListIndexAsync(
        Guid? callerId, string indexName, string query, int limit, IReadOnlyCollection<string>? order, string? cursor,
        CancellationToken cancellationToken) =>
        Page<StorageObject>(await CallAsync(
            "storage_index_list",
            [
                Text(indexName), Text(query), Whole(limit), Texts(order ?? []), Id(callerId), Text(cursor),
            ],
            cancellationToken));
}
