using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.Security;
using Nakama.Server.Storage;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' lists of storage objects and collections.</summary>
internal sealed class ConsoleStorageListApi(OperatorStorageSearch search) : IConsoleFeature
{
    private const string Kind = "storage";

    public void Map(ApiMap api)
    {
        api.Map<Empty, StorageCollectionsList>("ListStorageCollections", async (_, _, token) =>
            new StorageCollectionsList { Collections = { await search.ListCollectionsAsync(token) } });
        api.Map<ListStorageRequest, StorageList>("ListStorage", ListAsync);
    }

    private async ValueTask<StorageList> ListAsync(ApiCall call, ListStorageRequest request, CancellationToken cancellationToken)
    {
        var filter = FilterOf(request);
        var cursor = request.Cursor.Length == 0 ? ((StoragePosition After, int Count)?)null : ReadCursor(request.Cursor, filter);
        var (objects, last) = await search.ListAsync(filter, cursor?.After, cancellationToken);
        var count = cursor?.Count ?? await search.CountAsync(cancellationToken);
        return new StorageList { Objects = { objects }, TotalCount = count, NextCursor = last is { } place ? WriteCursor(place, count) : "" };
    }

    /// <summary>The cursor carries the number of all objects, so that only the first page counts them.</summary>
    private static string WriteCursor(in StoragePosition place, int count) => ConsoleCursor.Write(
        Kind, place.Collection, place.Read.ToString(CultureInfo.InvariantCulture), place.Key, place.UserId.ToString(), count.ToString(CultureInfo.InvariantCulture));

    private static OperatorStorageFilter FilterOf(ListStorageRequest request)
    {
        Guid? userId = request.UserId.Length == 0 ? null
            : UuidText.TryParse(request.UserId, out var id) ? id
            : throw ConsoleStorageErrors.UserIdWhenGiven;
        if (request.Key.Length > 0 && request.Collection.Length == 0) throw ConsoleStorageErrors.Filters;
        var filter = new OperatorStorageFilter { Collection = request.Collection, UserId = userId };
        if (request.Key.Length == 0) return filter;
        return request.Key.EndsWith('%') ? filter with { KeyPrefix = request.Key[..^1] } : filter with { Key = request.Key };
    }

    private static (StoragePosition After, int Count) ReadCursor(string text, OperatorStorageFilter filter)
    {
        if (filter is { Key: not null, UserId: not null }) throw ConsoleStorageErrors.CursorWithObject;
        var (position, count) = Parse(text) ?? throw (filter.IsUserOnly ? ConsoleStorageErrors.CursorWithUser : ConsoleStorageErrors.Cursor);
        if (filter.Collection.Length > 0 && filter.Collection != position.Collection) throw ConsoleStorageErrors.CursorCollection;
        if (filter.Key is { } key && key != position.Key) throw ConsoleStorageErrors.CursorKey;
        if (filter.KeyPrefix is { } prefix && !position.Key.StartsWith(prefix, StringComparison.Ordinal)) throw ConsoleStorageErrors.CursorKey;
        if (filter.UserId is { } userId && userId != position.UserId) throw ConsoleStorageErrors.CursorUser;
        return (position, count);
    }

    private static (StoragePosition After, int Count)? Parse(string text) =>
        ConsoleCursor.Read(text, Kind, 5) is [var collection, var read, var key, var user, var number]
        && short.TryParse(read, CultureInfo.InvariantCulture, out var permission) && UuidText.TryParse(user, out var userId)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? (new StoragePosition(collection, permission, key, userId), count)
            : null;
}
