using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Testing.Memory;

/// <summary>Storage objects in memory, without indexes.</summary>
internal sealed class InMemoryStorage : IStorage
{
    private readonly SortedDictionary<(string Collection, string Key, Guid UserId), StorageObject> _objects = [];

    public Task<Page<StorageObject>> ListAsync(
        Guid? callerId, Guid? userId, string collection, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var start = cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
        var found = _objects.Where(entry =>
                entry.Key.Collection == collection && (userId is null || entry.Key.UserId == userId)
                && (callerId is null || entry.Value.PermissionRead == 2 || (entry.Value.PermissionRead == 1 && entry.Key.UserId == callerId)))
            .Select(static entry => entry.Value.Clone()).Skip(start).Take(limit + 1).ToList();
        var next = found.Count > limit ? (start + limit).ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        return Task.FromResult(new Page<StorageObject>([.. found.Take(limit)], next));
    }

    public Task<IReadOnlyList<StorageObject>> ReadAsync(IReadOnlyCollection<StorageKey> keys, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StorageObject>>(
            [.. keys.Select(key => _objects.GetValueOrDefault((key.Collection, key.Key, key.UserId ?? Guid.Empty))).OfType<StorageObject>().Select(static item => item.Clone())]);

    public Task<IReadOnlyList<StorageObjectAck>> WriteAsync(IReadOnlyCollection<StorageWrite> objects, CancellationToken cancellationToken)
    {
        Check(objects);
        return Task.FromResult<IReadOnlyList<StorageObjectAck>>([.. objects.Select(Write)]);
    }

    public async Task<IReadOnlyList<StorageObjectAck>> WriteRetryAsync(
        IReadOnlyCollection<StorageKey> keys, Func<IReadOnlyList<StorageObject>, IReadOnlyCollection<StorageWrite>> update, int maxRetries,
        CancellationToken cancellationToken) => await WriteAsync(update(await ReadAsync(keys, cancellationToken)), cancellationToken);

    public Task DeleteAsync(IReadOnlyCollection<StorageDelete> objects, CancellationToken cancellationToken)
    {
        foreach (var item in objects)
        {
            var stored = _objects.GetValueOrDefault((item.Collection, item.Key, item.UserId ?? Guid.Empty));
            if (item.Version is { } version && stored?.Version != version) throw Refused("storage_delete", "failed to remove storage", NakamaReasons.StorageVersion);
        }

        foreach (var item in objects) _objects.Remove((item.Collection, item.Key, item.UserId ?? Guid.Empty));
        return Task.CompletedTask;
    }

    public Task<Page<StorageObject>> ListIndexAsync(
        Guid? callerId, string indexName, string query, int limit, IReadOnlyCollection<string>? order, string? cursor, CancellationToken cancellationToken) =>
        NotInMemory.Of<IStorage>().ListIndexAsync(callerId, indexName, query, limit, order, cursor, cancellationToken);

    /// <exception cref="NakamaException">A value is not a JSON object, or a version does not fit.</exception>
    public void Check(IReadOnlyCollection<StorageWrite> objects)
    {
        foreach (var item in objects)
        {
            if (!IsObject(item.Value)) throw new NakamaException("storage_write", "failed to convert value: The text is not a JSON object.");
            var stored = _objects.GetValueOrDefault((item.Collection, item.Key, item.UserId ?? Guid.Empty));
            if (item.Version is null || (item.Version == StorageWrite.MustNotExist ? stored is null : stored?.Version == item.Version)) continue;
            throw Refused("storage_write", "failed to write storage objects", NakamaReasons.StorageVersion);
        }
    }

    private StorageObjectAck Write(StorageWrite item)
    {
        var id = (item.Collection, item.Key, item.UserId ?? Guid.Empty);
#pragma warning disable CA5351 // The version of an object is such a digest; it protects nothing.
        var version = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(item.Value)));
#pragma warning restore CA5351
        var userId = id.Item3 == Guid.Empty ? "" : id.Item3.ToString();
        _objects[id] = new StorageObject
        {
            Collection = item.Collection,
            Key = item.Key,
            UserId = userId,
            Value = item.Value,
            Version = version,
            PermissionRead = (int)item.Read,
            PermissionWrite = (int)item.Write,
            CreateTime = _objects.GetValueOrDefault(id)?.CreateTime ?? new Timestamp(),
            UpdateTime = new Timestamp(),
        };
        return new StorageObjectAck { Collection = item.Collection, Key = item.Key, UserId = userId, Version = version };
    }

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static NakamaException Refused(string function, string failure, string reason) => new(function, $"{failure}: {reason}", reason);
}
