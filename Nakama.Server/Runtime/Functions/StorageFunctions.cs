using Nakama.Protocol.Api;
using Nakama.Server.Errors;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Storage objects, on behalf of the server unless a caller is given.</summary>
internal sealed class StorageFunctions(StorageStore store, TimeProvider time) : IFunctionModule
{
    private const int DefaultPermission = 1;
    private const int MaxRetries = 10;
    private const int DefaultLimit = 100;

    public string Name => "Storage";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("storage_list", "A page of a collection, of one user or of all.")
            .OptionalId("user_id", new("expects empty or a valid user ID", "expects empty or valid user id"))
            .OptionalText("collection", "").WholeOrInJavaScript("limit", DefaultLimit).OptionalText("cursor", "")
            .OptionalId("caller_id", new("expects caller_id to be empty or a valid user ID", "expects empty or valid caller id"))
            .Returns("objects", "cursor").Does(ListAsync);
        functions.Function("storage_read", "The objects of the list that exist, in no order. Keys are `{collection, key, user_id?}`.")
            .Table("keys").Array("expects an array of keys").Returns("objects").Does(ReadAsync);
        functions.Function("storage_write", "Writes all objects or none: `{collection, key, value, user_id?, version?, permission_read?=1, permission_write?=1}`.")
            .Table("objects").Array("expects an array of storage write objects").Returns("acks").Does(WriteAsync);
        functions.Function("storage_write_retry", "Reads objects, writes what `fn(objects)` makes of them, and begins anew when one has changed meanwhile; at most 10 times.")
            .Table("keys").Array("expects an array of keys").Function("fn", "expects a valid update function").Whole("max_retries").Returns("acks").Does(WriteRetryAsync);
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

    private async ValueTask<ScriptValue> WriteRetryAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        const string Failure = "failed to write storage objects with retry";
        var ids = call.Rows(0, "expects a valid set of keys").ConvertAll(ReadId);
        // For compatibility, this comes before the check of the number.
        if (ids.Count == 0) return ScriptValue.Of(new List<ScriptValue>());
        var retries = call.Whole(2);
        if (retries is < 0 or > MaxRetries) throw call.Refuse(2, $"max retries must be a value between 0 and {MaxRetries}");
        for (var attempt = 0; ; attempt++)
        {
            var writes = await AskAsync(call, ids, cancellationToken);
            if (writes.Count == 0) return ScriptValue.Of(new List<ScriptValue>());
            try
            {
                var written = await store.WriteAsync(writes, isAuthoritative: true, cancellationToken);
                return ScriptValue.Of(written.Acks.Select(Of).ToList());
            }
            catch (ApiException e) when (e.Reason == StorageErrors.VersionReason)
            {
                if (attempt >= retries) throw Attempt.Fault(Failure, "Storage write retries exhausted.");
                // Writers that compete for the same objects spread out.
                var wait = TimeSpan.FromMilliseconds(Math.Min(2 << Math.Min(attempt, 4), 20) + Random.Shared.Next(0, 5));
                await Task.Delay(wait, time, cancellationToken);
            }
            catch (Exception e) when (Attempt.IsReportable(e))
            {
                throw Attempt.Fault(Failure, e);
            }
        }
    }

    /// <summary>What the script's function wants to write, given the objects as they are.</summary>
    private async ValueTask<List<StorageWrite>> AskAsync(FunctionCall call, List<StorageId> ids, CancellationToken cancellationToken)
    {
        LanguageText failure = new("update function error", "failed to update storage objects");
        StorageObjects found;
        try
        {
            found = await store.ReadAsync(ids, readerId: null, cancellationToken);
        }
        catch (Exception e) when (Attempt.IsReportable(e))
        {
            throw Attempt.Fault("failed to read storage objects", e);
        }

        ScriptValue result;
        try
        {
            result = await call.CallAsync(1, ScriptValue.Of(found.Objects.Select(Of).ToList()), cancellationToken);
        }
        catch (FunctionException e)
        {
            throw Attempt.Fault(failure, e.Text.In(call.Language));
        }

        if (result.Kind != ScriptValueKind.Table)
            throw call.Language == ScriptLanguage.JavaScript ? call.Refuse(1, "expects a valid array of data") : Attempt.Fault(failure, "expects a valid set of data");
        var writes = new List<StorageWrite>();
        for (var i = 0; i < result.AsTable().Length; i++)
        {
            if (result.AsTable()[i] is not { Kind: ScriptValueKind.Table } row) throw Attempt.Fault(failure, "expects a valid set of data");
            writes.Add(AsRead(ReadWrite(new TableFields(call, 1, row.AsTable())), ids, found));
        }

        return writes;
    }

    /// <summary>A write without a version replaces only what was read, so that no change of others is lost.</summary>
    private static StorageWrite AsRead(StorageWrite write, List<StorageId> ids, StorageObjects found)
    {
        if (write.Version.Length > 0 || !ids.Contains(write.Id)) return write;
        var read = found.Objects.FirstOrDefault(item =>
            item.Key == write.Id.Key && item.Collection == write.Id.Collection && item.UserId == write.Id.OwnerId.ToString());
        return write with { Version = read?.Version ?? "*" };
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
        call.Rows(parameter, new("expects a valid set of data", "expects an array of storage write objects")).ConvertAll(ReadWrite);

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
