using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Protocol.Console;
using Nakama.Server.Accounts;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Storage;

/// <summary>The storage objects of an account that is exported or imported.</summary>
internal sealed class StorageAccountPart(StorageIndexes indexes, TimeProvider time) : IAccountExportPart, IAccountImportPart
{
    private const int MaxNameBytes = 128;

    private const string ExportSql = $"SELECT {StorageStore.Columns} FROM storage s WHERE s.user_id = $1 ORDER BY s.collection, s.read, s.key";

    private const string DeleteSql = "DELETE FROM storage WHERE user_id = $1 RETURNING collection, key";

    private const string InsertSql = """
        INSERT INTO storage (collection, key, user_id, value, version, read, write, create_time, update_time)
        SELECT o.collection, o.key, $1, o.value::jsonb, o.version, o.read, o.write, o.create_time, o.update_time
        FROM unnest($2, $3, $4, $5, $6, $7, $8, $9) AS o (collection, key, value, version, read, write, create_time, update_time)
        """;

    public async ValueTask ExportAsync(NpgsqlConnection connection, Guid userId, AccountExportWriter writer, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(ExportSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken)) writer.Add(writer.Export.Objects, StorageStore.ReadObject(row));
    }

    public async ValueTask<Func<ValueTask>?> ImportAsync(NpgsqlConnection connection, Guid userId, AccountExport data, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var objects = new ImportedObject[data.Objects.Count];
        var known = new HashSet<(string, string)>();
        for (var i = 0; i < objects.Length; i++)
        {
            objects[i] = Read(data.Objects[i], userId, i, now);
            var id = objects[i].Write.Id;
            if (!known.Add((id.Collection, id.Key))) throw Invalid(i, "is there twice");
        }

        var deleted = await DeleteAsync(connection, userId, cancellationToken);
        if (objects.Length > 0) await InsertAsync(connection, userId, objects, cancellationToken);
        return () => UpdateIndexesAsync(deleted, objects);
    }

    private static async ValueTask<List<StorageDelete>> DeleteAsync(NpgsqlConnection connection, Guid userId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(DeleteSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var deleted = new List<StorageDelete>();
        while (await row.ReadAsync(cancellationToken)) deleted.Add(new(new(row.GetString(0), row.GetString(1), userId), ""));
        return deleted;
    }

    private static async ValueTask InsertAsync(NpgsqlConnection connection, Guid userId, ImportedObject[] objects, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(InsertSql, connection);
        var parameters = command.Parameters;
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        parameters.AddTexts(Array.ConvertAll(objects, static item => item.Write.Id.Collection));
        parameters.AddTexts(Array.ConvertAll(objects, static item => item.Write.Id.Key));
        parameters.AddJsonTexts(Array.ConvertAll(objects, static item => item.Write.Value));
        parameters.AddTexts(Array.ConvertAll(objects, static item => item.Write.Version));
        parameters.Add(new NpgsqlParameter<short[]> { TypedValue = Array.ConvertAll(objects, static item => item.Write.Read) });
        parameters.Add(new NpgsqlParameter<short[]> { TypedValue = Array.ConvertAll(objects, static item => item.Write.Write) });
        parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = Array.ConvertAll(objects, static item => item.CreatedAt) });
        parameters.Add(new NpgsqlParameter<DateTime[]> { TypedValue = Array.ConvertAll(objects, static item => item.UpdatedAt) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async ValueTask UpdateIndexesAsync(List<StorageDelete> deleted, ImportedObject[] objects)
    {
        indexes.Deleted(deleted);
        await indexes.WrittenAsync(
            Array.ConvertAll(objects, static item => item.Write),
            Array.ConvertAll(objects, static item => new StorageObjectAck
            {
                Version = item.Write.Version,
                CreateTime = Timestamp.FromDateTime(item.CreatedAt),
                UpdateTime = Timestamp.FromDateTime(item.UpdatedAt),
            }),
            CancellationToken.None);
    }

    private static ImportedObject Read(StorageObject item, Guid userId, int index, DateTime now)
    {
        if (!IsName(item.Collection) || !IsName(item.Key)) throw Invalid(index, $"needs a collection and a key of 1-{MaxNameBytes} bytes");
        if (!JsonbText.IsObject(item.Value)) throw Invalid(index, "needs a JSON object as value");
        if (item.PermissionRead is < 0 or > 2 || item.PermissionWrite is < 0 or > 1) throw Invalid(index, "has permissions that do not exist");
        var version = item.Version.Length == 0 ? StorageVersion.Of(item.Value) : item.Version;
        return new(
            new(new(item.Collection, item.Key, userId), item.Value, version, (short)item.PermissionRead, (short)item.PermissionWrite),
            item.CreateTime is null ? now : AccountImportRules.Time(item.CreateTime),
            item.UpdateTime is null ? now : AccountImportRules.Time(item.UpdateTime));
    }

    private static bool IsName(string text) => System.Text.Encoding.UTF8.GetByteCount(text) is > 0 and <= MaxNameBytes;

    private static Errors.ApiException Invalid(int index, string reason) => AccountErrors.ImportRefused($"object {index} {reason}");

    private sealed record ImportedObject(StorageWrite Write, DateTime CreatedAt, DateTime UpdatedAt);
}
