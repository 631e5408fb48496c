using System.Security.Cryptography;
using Nakama.Protocol.Api;
using Nakama.Server.Database;
using Nakama.Server.Friends;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Groups;

/// <summary>
/// Creates, changes and deletes rows of <c>groups</c>. The empty id as the caller is the system, which has all rights.
/// </summary>
public sealed class GroupStore(NpgsqlDataSource database, EdgePositions positions)
{
    private const string NameKey = "groups_name_key";

    private const string DefaultLangTag = "en";

    // The owner must not be deleted concurrently.
    private const string OwnerSql = "SELECT id FROM users WHERE id = $1 FOR KEY SHARE";

    private const string InsertSql = $"""
        INSERT INTO groups AS g
            (id, creator_id, name, description, avatar_url, lang_tag, metadata, state, edge_count, max_count)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)
        RETURNING {GroupRow.Columns}
        """;

    private const string UpdateSql = $"""
        UPDATE groups AS g SET
            name = COALESCE($2, name),
            description = CASE WHEN $3::text IS NULL THEN description ELSE NULLIF($3, '') END,
            avatar_url = CASE WHEN $4::text IS NULL THEN avatar_url ELSE NULLIF($4, '') END,
            lang_tag = COALESCE($5, lang_tag),
            metadata = COALESCE($6, metadata),
            state = CASE WHEN $7 < 0 THEN state ELSE $7 END,
            max_count = CASE WHEN $8 = 0 THEN max_count ELSE $8 END,
            creator_id = COALESCE($9, creator_id),
            update_time = now()
        WHERE g.id = $1 AND {GroupRow.IsEnabled}
        """;

    private const string GetSql = $"SELECT {GroupRow.Columns} FROM groups g WHERE g.id = ANY($1)";

    private const string AfterSql = $"SELECT {GroupRow.Columns} FROM groups g WHERE g.id > $1 AND {GroupRow.IsEnabled} ORDER BY g.id LIMIT $2";

    private const string UpToSql = $"SELECT {GroupRow.Columns} FROM groups g WHERE g.id <= $1 AND {GroupRow.IsEnabled} ORDER BY g.id LIMIT $2";

    /// <summary>Creates a group with its owner as the only superadmin.</summary>
    /// <exception cref="Errors.ApiException">The name is taken, or the owner does not exist.</exception>
    public async ValueTask<Group> CreateAsync(GroupRequest draft, CancellationToken cancellationToken)
    {
        try
        {
            return await database.InTransactionAsync((connection, token) => CreateAsync(connection, draft, token), cancellationToken);
        }
        catch (PostgresException e) when (DatabaseErrors.IsUniqueViolation(e, NameKey))
        {
            throw GroupErrors.NameTaken;
        }
    }

    /// <summary>Changes a group as a superadmin, an admin or the system. The update time changes in any case.</summary>
    /// <exception cref="Errors.ApiException">
    /// The caller lacks permission, there is nothing to change, the name is taken, or there is no such group.
    /// </exception>
    public async ValueTask UpdateAsync(Guid callerId, Guid groupId, GroupChange change, IChangeRecorder? recorder, CancellationToken cancellationToken)
    {
        try
        {
            await database.InTransactionAsync(recorder, (connection, token) => UpdateAsync(connection, callerId, groupId, change, token), cancellationToken);
        }
        catch (PostgresException e) when (DatabaseErrors.IsUniqueViolation(e, NameKey))
        {
            throw GroupErrors.NewNameTaken;
        }
    }

    /// <summary>Deletes a group as a superadmin or the system.</summary>
    /// <exception cref="Errors.ApiException">The caller lacks permission, or there is no such group.</exception>
    public ValueTask DeleteAsync(Guid callerId, Guid groupId, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            recorder,
            async (connection, token) =>
            {
                var group = await LockedGroup.LockAsync(connection, groupId, [callerId], token);
                if (!group.IsThere || (callerId != Guid.Empty && !IsRanked(group, callerId, GroupState.Superadmin))) throw GroupErrors.DeleteDenied;
                await using var batch = connection.CreateBatch();
                GroupEdges.DeleteGroup(batch, groupId);
                await batch.RunAsync(token);
            },
            cancellationToken);

    /// <summary>The groups with these ids, including disabled ones, in no particular order.</summary>
    public ValueTask<List<Group>> GetAsync(IReadOnlyCollection<Guid> groupIds, CancellationToken cancellationToken) =>
        database.RetryAsync(groupIds, static async (connection, groupIds, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(GetSql);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. groupIds] });
            return await ReadAsync(command, cancellationToken);
        }, cancellationToken);

    /// <summary>Some random groups.</summary>
    public ValueTask<List<Group>> GetRandomAsync(int count, CancellationToken cancellationToken) =>
        database.RetryAsync(count, static async (connection, count, cancellationToken) =>
        {
            if (count <= 0) return [];
            var from = new Guid(RandomNumberGenerator.GetBytes(16));
            var found = await TakeAsync(connection, AfterSql, from, count, cancellationToken);
            if (found.Count < count) found.AddRange(await TakeAsync(connection, UpToSql, from, count - found.Count, cancellationToken));
            return found;
        }, cancellationToken);

    internal static bool IsRanked(LockedGroup group, Guid userId, GroupState atLeast) =>
        group.States.TryGetValue(userId, out var state) && state <= atLeast;

    private async ValueTask<Group> CreateAsync(NpgsqlConnection connection, GroupRequest draft, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        await using var batch = connection.CreateBatch();
        batch.Add(OwnerSql).Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = draft.OwnerId });
        var row = batch.Add(InsertSql).Parameters;
        row.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        row.Add(new NpgsqlParameter<Guid> { TypedValue = draft.CreatorId });
        row.AddText(draft.Name);
        row.AddText(draft.Description);
        row.AddText(draft.AvatarUrl);
        row.AddText(draft.LangTag.Length == 0 ? DefaultLangTag : draft.LangTag);
        row.AddJsonb(draft.Metadata);
        row.Add(new NpgsqlParameter<short> { TypedValue = draft.IsOpen ? GroupRow.Open : GroupRow.Closed });
        row.Add(new NpgsqlParameter<int> { TypedValue = draft.MaxCount });
        GroupEdges.Insert(batch, id, [draft.OwnerId], positions.Next(1), GroupState.Superadmin);

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) throw GroupErrors.AccountNotFound;
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var group = GroupRow.Read(reader);
        await reader.NextResultAsync(cancellationToken);
        return group;
    }

    private static async ValueTask UpdateAsync(
        NpgsqlConnection connection, Guid callerId, Guid groupId, GroupChange change, CancellationToken cancellationToken)
    {
        if (callerId != Guid.Empty)
        {
            var group = await LockedGroup.LockAsync(connection, groupId, [callerId], cancellationToken);
            if (!group.IsThere || !IsRanked(group, callerId, GroupState.Admin)) throw GroupErrors.UpdateDenied;
        }
        if (change.IsEmpty) throw GroupErrors.NothingToUpdate;

        await using var command = connection.CreateCommand(UpdateSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = groupId });
        command.Parameters.AddText(change.Name);
        command.Parameters.AddText(change.Description);
        command.Parameters.AddText(change.AvatarUrl);
        command.Parameters.AddText(change.LangTag);
        command.Parameters.AddJsonb(change.Metadata);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = change.IsOpen switch { null => (short)-1, true => GroupRow.Open, false => GroupRow.Closed } });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = change.MaxCount ?? 0 });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)change.CreatorId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0) throw GroupErrors.NotUpdated;
    }

    private static async ValueTask<List<Group>> TakeAsync(
        NpgsqlConnection connection, string sql, Guid from, int count, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        return await ReadAsync(command, cancellationToken);
    }

    private static async ValueTask<List<Group>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        List<Group> found = [];
        while (await row.ReadAsync(cancellationToken)) found.Add(GroupRow.Read(row));
        return found;
    }
}
