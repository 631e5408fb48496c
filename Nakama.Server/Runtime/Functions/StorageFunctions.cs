using Nakama.Protocol.Api;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Storage objects, on behalf of the server unless a caller is given.</summary>
internal sealed class StorageFunctions(StorageStore store) : IFunctionModule
{
    private const int DefaultPermission = 1;

    public string Name => "Storage";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("storage_list", "A page of a collection, of one user or of all.")
            .OptionalId("user_id", new("expects empty or a valid user ID", "expects empty or valid user id"))
            .OptionalText("collection", "").Whole("limit").OptionalText("cursor", "")
            .OptionalId("caller_id", new("expects caller_id to be empty or a valid user ID", "expects empty or valid caller id"))
            .Returns("objects", "cursor").Does(ListAsync);
        functions.Function("storage_read", "The objects of the list that exist, in no order. Keys are `{collection, key, user_id?}`.")
            .Table("keys").Returns("objects").Does(ReadAsync);
        functions.Function("storage_write", "Writes all objects or none: `{collection, key, value, user_id?, version?, permission_read?=1, permission_write?=1}`.")
            .Table("objects").Returns("acks").Does(WriteAsync);
        functions.Function("storage_delete", "Deletes all objects or none: `{collection, key, user_id?, version?}`.")
            .Table("keys").Does(DeleteAsync);
    }

    private async ValueTask<ScriptValue> ListAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var limit = call.Whole(2);
        if (limit < 0) throw call.Refuse(2, "limit must not be negative");
        try
        {
            var page = await store.ListAsync(
                call.IdOrNull(4), call.IdOrNull(0), call.Text(1), (int)Math.Min(limit, int.MaxValue - 1), call.Text(3), cancellationToken);
            return ScriptValue.Results(ScriptValue.Of(page.Objects.Select(Of).ToList()), ScriptValue.Of(page.Cursor.Length == 0 ? null : page.Cursor));
        }
        catch (Exception e) when (Attempt.IsReportable(e))
        {
            throw Attempt.Fault("failed to list storage objects", e);
        }
    }

    private async ValueTask<ScriptValue> ReadAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var ids = call.Rows(0, "expects a valid set of keys").ConvertAll(ReadId);
        if (ids.Count == 0) return ScriptValue.Of(new List<ScriptValue>());
        try
        {
            var found = await store.ReadAsync(ids, readerId: null, cancellationToken);
            return ScriptValue.Of(found.Objects.Select(Of).ToList());
        }
        catch (Exception e) when (Attempt.IsReportable(e))
        {
            throw Attempt.Fault("failed to read storage objects", e);
        }
    }

    private async ValueTask<ScriptValue> WriteAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var writes = WritesOf(call, 0);
        if (writes.Count == 0) return ScriptValue.Of(new List<ScriptValue>());
        try
        {
            var written = await store.WriteAsync(writes, isAuthoritative: true, cancellationToken);
            return ScriptValue.Of(written.Acks.Select(Of).ToList());
        }
        catch (Exception e) when (Attempt.IsReportable(e))
        {
            throw Attempt.Fault("failed to write storage objects", e);
        }
    }

    private async ValueTask<ScriptValue> DeleteAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var deletes = DeletesOf(call, 0);
        if (deletes.Count == 0) return default;
        try
        {
            await store.DeleteAsync(deletes, isAuthoritative: true, cancellationToken);
            return default;
        }
        catch (Exception e) when (Attempt.IsReportable(e))
        {
            throw Attempt.Fault("failed to remove storage", e);
        }
    }

    internal static List<StorageWrite> WritesOf(FunctionCall call, int parameter) =>
        call.Rows(parameter, "expects a valid set of data").ConvertAll(ReadWrite);

    internal static List<StorageDelete> DeletesOf(FunctionCall call, int parameter) =>
        call.Rows(parameter, "expects a valid set of object IDs")
            .ConvertAll(static row => new StorageDelete(ReadId(row), row.TextOrNull("version") ?? ""));

    private static StorageId ReadId(TableFields row) => new(row.Text("collection"), row.Text("key"), row.IdOrNull("user_id") ?? Guid.Empty);

    private static StorageWrite ReadWrite(TableFields row) => new(
        ReadId(row),
        row.Json("value"),
        row.TextOrNull("version") ?? "",
        (short)row.WholeOr("permission_read", DefaultPermission),
        (short)row.WholeOr("permission_write", DefaultPermission));

    internal static ScriptValue Of(StorageObject item) =>
        ScriptValue.Of(ScriptRecord.Showing(item, static (source, _) => Show((StorageObject)source)));

    internal static ScriptValue Of(StorageObjectAck ack) =>
        ScriptValue.Of(ScriptRecord.Showing(ack, static (source, _) => Show((StorageObjectAck)source)));

    private static ScriptRecord Show(StorageObject item) => new ScriptRecord(10)
        .Add("key", item.Key)
        .Add("collection", item.Collection)
        .Add("user_id", item.UserId)
        .Add("version", item.Version)
        .Add("permission_read", item.PermissionRead)
        .Add("permission_write", item.PermissionWrite)
        .AddIfSet("create_time", item.CreateTime)
        .AddIfSet("update_time", item.UpdateTime)
        .AddJson("value", item.Value);

    private static ScriptRecord Show(StorageObjectAck ack) =>
        new ScriptRecord(4).Add("key", ack.Key).Add("collection", ack.Collection).Add("user_id", ack.UserId).Add("version", ack.Version);
}
