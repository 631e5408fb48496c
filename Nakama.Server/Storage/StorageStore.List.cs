using Nakama.Protocol.Api;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Storage;

public sealed partial class StorageStore
{
    /// <summary>The maximum number of objects in a page.</summary>
    public const int MaxPageSize = 100;

    // Each list has its own order, which one of the table's indexes serves. $1 is the collection, $2 the limit, $3 the
    // owner if there is one; the cursor's key, owner and permission follow.
    private const string Public = $"SELECT {Columns} FROM storage s WHERE s.collection = $1 AND s.read >= 2";
    private const string PublicAfter = " AND (s.collection, s.read, s.key, s.user_id) > ($1, 2::smallint, $3, $4)";

    private const string Own = $"SELECT {Columns} FROM storage s WHERE s.collection = $1 AND s.user_id = $3 AND s.read >= 1";
    private const string Whole = $"SELECT {Columns} FROM storage s WHERE s.collection = $1 AND s.user_id = $3";
    private const string OwnAfter = " AND (s.collection, s.user_id, s.read, s.key) > ($1, $3, $5, $4)";

    private const string Shared = $"SELECT {Columns} FROM storage s WHERE s.collection = $1 AND s.user_id = $3 AND s.read = 2";
    private const string SharedAfter = " AND (s.collection, s.read, s.user_id, s.key) > ($1, 2::smallint, $3, $4)";

    private const string All = $"SELECT {Columns} FROM storage s WHERE s.collection = $1";
    private const string AllAfter = " AND (s.collection, s.read, s.key, s.user_id) > ($1, $5, $3, $4)";

    private const string ByPermissionKeyOwner = " ORDER BY s.read, s.key, s.user_id LIMIT $2";
    private const string ByPermissionKey = " ORDER BY s.read, s.key LIMIT $2";
    private const string ByKey = " ORDER BY s.key LIMIT $2";

    /// <summary>Returns a page of the objects in a collection that the reader may read.</summary>
    /// <param name="readerId">The reading user; null for the server, which may read all.</param>
    /// <param name="ownerId">Only this owner's objects; null for all owners.</param>
    /// <param name="collection">The collection; an unknown one is empty.</param>
    /// <param name="limit">The maximum number of objects.</param>
    /// <param name="cursor">The cursor from the previous page, or empty.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="Errors.ApiException">The cursor is invalid.</exception>
    public async ValueTask<StorageObjectList> ListAsync(
        Guid? readerId, Guid? ownerId, string collection, int limit, string cursor, CancellationToken cancellationToken)
    {
        StorageCursor? after = null;
        if (cursor.Length > 0) after = StorageCursor.TryParse(cursor, out var parsed) ? parsed : throw StorageErrors.Cursor;
        if (limit <= 0) return new StorageObjectList();

        var page = await database.RetryAsync(
            (readerId, ownerId, collection, limit, after),
            static async (database, state, cancellationToken) =>
            {
                await using var command = database.CreateCommand(SqlFor(state.readerId, state.ownerId, state.after is not null));
                command.Parameters.AddText(state.collection);
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = state.limit + 1 });
                AddPlace(command.Parameters, state.readerId, state.ownerId, state.after);
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                return await ReadPageAsync(row, state.limit, cancellationToken);
            },
            cancellationToken);
        if (page.Cursor == cursor) page.Cursor = "";
        return page;
    }

    private static string SqlFor(Guid? readerId, Guid? ownerId, bool isLater) => (readerId, ownerId) switch
    {
        (null, null) => isLater ? All + AllAfter + ByPermissionKeyOwner : All + ByPermissionKeyOwner,
        (null, _) => isLater ? Whole + OwnAfter + ByPermissionKey : Whole + ByPermissionKey,
        (_, null) => isLater ? Public + PublicAfter + ByPermissionKeyOwner : Public + ByPermissionKeyOwner,
        var (reader, owner) when reader == owner => isLater ? Own + OwnAfter + ByPermissionKey : Own + ByPermissionKey,
        _ => isLater ? Shared + SharedAfter + ByKey : Shared + ByKey,
    };

    private static void AddPlace(NpgsqlParameterCollection parameters, Guid? readerId, Guid? ownerId, StorageCursor? after)
    {
        if (ownerId is { } owner) parameters.Add(new NpgsqlParameter<Guid> { TypedValue = owner });
        if (after is not { } last) return;
        parameters.AddText(last.Key);
        if (ownerId is null) parameters.Add(new NpgsqlParameter<Guid> { TypedValue = last.OwnerId });
        if (readerId is null || readerId == ownerId) parameters.Add(new NpgsqlParameter<short> { TypedValue = last.Read });
    }

    private static async ValueTask<StorageObjectList> ReadPageAsync(NpgsqlDataReader row, int limit, CancellationToken cancellationToken)
    {
        var page = new StorageObjectList();
        StorageCursor last = default;
        while (await row.ReadAsync(cancellationToken))
        {
            if (page.Objects.Count == limit)
            {
                page.Cursor = last.ToString();
                break;
            }

            var item = ReadObject(row);
            page.Objects.Add(item);
            last = new(item.Key, row.GetGuid(2), (short)item.PermissionRead);
        }

        return page;
    }
}
