using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Database;
using Nakama.Server.Security;

namespace Nakama.Server.Storage;

/// <summary>Lets users list, read, write and delete storage objects.</summary>
internal sealed class StorageApi(StorageStore store) : IApiFeature
{
    private static readonly Empty Done = new();

    public void Map(ApiMap api)
    {
        api.Map<ListStorageObjectsRequest, StorageObjectList>("ListStorageObjects", ListAsync,
            new("Listing storage objects", static () => StorageErrors.ListFailed));
        api.Map<ReadStorageObjectsRequest, StorageObjects>("ReadStorageObjects", ReadAsync,
            new("Reading storage objects", static () => StorageErrors.ReadFailed));
        api.Map<WriteStorageObjectsRequest, StorageObjectAcks>("WriteStorageObjects", WriteAsync,
            new("Writing storage objects", static () => StorageErrors.WriteFailed) { AlsoCovers = static error => error is StorageChangedException });
        api.Map<DeleteStorageObjectsRequest, Empty>("DeleteStorageObjects", DeleteAsync,
            new("Deleting storage objects", static () => StorageErrors.DeleteFailed));
    }

    private async ValueTask<StorageObjectList> ListAsync(ApiCall call, ListStorageObjectsRequest request, CancellationToken cancellationToken)
    {
        var limit = request.Limit ?? 1;
        if (limit is < 1 or > StorageStore.MaxPageSize) throw StorageErrors.Limit;
        Guid? ownerId = null;
        if (request.UserId.Length > 0) ownerId = UuidText.TryParse(request.UserId, out var id) ? id : throw StorageErrors.UserId;
        return await store.ListAsync(call.UserId, ownerId, request.Collection, limit, request.Cursor, cancellationToken);
    }

    private async ValueTask<StorageObjects> ReadAsync(ApiCall call, ReadStorageObjectsRequest request, CancellationToken cancellationToken)
    {
        if (request.ObjectIds.Count == 0)
        {
            call.SkipAfterHook = true;
            return new StorageObjects();
        }

        var ids = new StorageId[request.ObjectIds.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            var wanted = request.ObjectIds[i];
            if (wanted.Collection.Length == 0 || wanted.Key.Length == 0) throw StorageErrors.NameRequired;
            var ownerId = Guid.Empty;
            if (wanted.UserId.Length > 0 && (!UuidText.TryParse(wanted.UserId, out ownerId) || ownerId == Guid.Empty))
                throw StorageErrors.UserId;
            ids[i] = new(wanted.Collection, wanted.Key, ownerId);
        }

        return await store.ReadAsync(ids, call.UserId, cancellationToken);
    }

    private async ValueTask<StorageObjectAcks> WriteAsync(ApiCall call, WriteStorageObjectsRequest request, CancellationToken cancellationToken)
    {
        if (request.Objects.Count == 0)
        {
            call.SkipAfterHook = true;
            return new StorageObjectAcks();
        }

        var writes = new StorageWrite[request.Objects.Count];
        for (var i = 0; i < writes.Length; i++) writes[i] = Check(call.UserId, request.Objects[i]);
        return await store.WriteAsync(writes, isAuthoritative: false, cancellationToken);
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, DeleteStorageObjectsRequest request, CancellationToken cancellationToken)
    {
        if (request.ObjectIds.Count == 0)
        {
            call.SkipAfterHook = true;
            return Done;
        }

        var deletes = new StorageDelete[request.ObjectIds.Count];
        for (var i = 0; i < deletes.Length; i++)
        {
            var unwanted = request.ObjectIds[i];
            if (unwanted.Collection.Length == 0 || unwanted.Key.Length == 0) throw StorageErrors.NameRequired;
            deletes[i] = new(new(unwanted.Collection, unwanted.Key, call.UserId), unwanted.Version);
        }

        await store.DeleteAsync(deletes, isAuthoritative: false, cancellationToken);
        return Done;
    }

    private static StorageWrite Check(Guid ownerId, WriteStorageObject item)
    {
        if (item.Collection.Length == 0 || item.Key.Length == 0 || item.Value.Length == 0) throw StorageErrors.NameRequired;
        if (item.PermissionRead is < 0 or > 2) throw StorageErrors.ReadPermission;
        if (item.PermissionWrite is < 0 or > 1) throw StorageErrors.WritePermission;
        if (!JsonbText.IsObject(item.Value)) throw StorageErrors.NotAnObject;
        return new(
            new(item.Collection, item.Key, ownerId), item.Value, item.Version,
            (short)(item.PermissionRead ?? 1), (short)(item.PermissionWrite ?? 1));
    }
}
