using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Protocol.Console;
using Nakama.Server.Accounts;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi.History;
using Nakama.Server.Database;
using Nakama.Server.Errors;
using Nakama.Server.Storage;
using Npgsql;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' changes to storage objects.</summary>
internal sealed class ConsoleStorageApi(StorageStore storage, DataDeletion deletion, HistoryRecorders recorders, HistoryStore history) : IConsoleFeature
{
    private const int MaxRead = 2;
    private const int MaxWrite = 1;
    private const int OwnerOnly = 1;

    public void Map(ApiMap api)
    {
        api.Map<ReadStorageObjectId, StorageObject>("GetStorage", GetAsync);
        api.Map<WriteStorageObjectRequest, StorageObjectAck>("WriteStorageObject", WriteAsync, new("Writing a storage object", static () => ConsoleStorageErrors.WriteFailed));
        api.Map<DeleteStorageObjectRequest, Empty>("DeleteStorageObject", DeleteAsync, new("Deleting a storage object", static () => ConsoleStorageErrors.DeleteFailed));
        api.Map<Empty, Empty>("DeleteStorage", DeleteAllAsync);
    }

    private async ValueTask<StorageObject> GetAsync(ApiCall call, ReadStorageObjectId request, CancellationToken cancellationToken)
    {
        var id = new StorageId(request.Collection, request.Key, ConsoleAccountsApi.Id(request.UserId));
        return (await storage.ReadAsync([id], readerId: null, cancellationToken)).Objects is [var found] ? found : throw ConsoleStorageErrors.NotFound;
    }

    private async ValueTask<StorageObjectAck> WriteAsync(ApiCall call, WriteStorageObjectRequest request, CancellationToken cancellationToken)
    {
        var id = new StorageId(request.Collection, request.Key, ConsoleAccountsApi.Id(request.UserId));
        if (!JsonbText.IsObject(request.Value)) throw ConsoleStorageErrors.Value;
        if (request.PermissionRead is < 0 or > MaxRead) throw ConsoleStorageErrors.ReadPermission;
        if (request.PermissionWrite is < 0 or > MaxWrite) throw ConsoleStorageErrors.WritePermission;
        var write = new StorageWrite(
            id, request.Value, request.Version, (short)(request.PermissionRead ?? OwnerOnly), (short)(request.PermissionWrite ?? OwnerOnly));
        try
        {
            var recorder = recorders.For(call, HistoryActions.Write, HistoryKeys.Object(id));
            return (await storage.WriteAsync([write], isAuthoritative: true, recorder, cancellationToken)).Acks[0];
        }
        catch (ApiException e) when (e.Status == StatusCode.InvalidArgument)
        {
            throw ConsoleStorageErrors.Rejected(e);
        }
        catch (PostgresException e) when (DatabaseErrors.IsAccountGone(e))
        {
            throw ConsoleStorageErrors.WriteFailed;
        }
    }

    private async ValueTask<Empty> DeleteAsync(ApiCall call, DeleteStorageObjectRequest request, CancellationToken cancellationToken)
    {
        var id = new StorageId(request.Collection, request.Key, ConsoleAccountsApi.Id(request.UserId));
        try
        {
            var recorder = recorders.For(call, HistoryActions.Delete, HistoryKeys.Object(id));
            await storage.DeleteAsync([new StorageDelete(id, request.Version)], isAuthoritative: true, recorder, cancellationToken);
            return new Empty();
        }
        catch (ApiException e) when (e.Status == StatusCode.InvalidArgument)
        {
            throw ConsoleStorageErrors.Rejected(e);
        }
    }

    private async ValueTask<Empty> DeleteAllAsync(ApiCall call, Empty request, CancellationToken cancellationToken)
    {
        // The nodes must forget what was deleted, even if the caller has left.
        await storage.DeleteAllAsync(CancellationToken.None);
        await history.EraseAsync([HistoryKind.Object], withSystem: true, CancellationToken.None);
        deletion.Forget(DroppedData.Storage);
        return new Empty();
    }
}
