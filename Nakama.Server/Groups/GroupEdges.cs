using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Groups;

/// <summary>The statements that change the edges of a group. Its row is locked whenever they run.</summary>
internal static class GroupEdges
{
    // A member has an edge in either direction, so that both sides can be listed.
    private const string InsertSql = """
        INSERT INTO group_edge (source_id, destination_id, state, position)
        SELECT $1, m.id, $4, m.position FROM unnest($2, $3) AS m (id, position)
        UNION ALL
        SELECT m.id, $1, $4, m.position FROM unnest($2, $3) AS m (id, position)
        """;

    private const string InsertBansSql = """
        INSERT INTO group_edge (source_id, destination_id, state, position)
        SELECT $1, m.id, 4, m.position FROM unnest($2, $3) AS m (id, position)
        """;

    private const string DeleteSql = """
        DELETE FROM group_edge
        WHERE (source_id = $1 AND destination_id = ANY($2)) OR (destination_id = $1 AND source_id = ANY($2))
        """;

    private const string SetStateSql = """
        UPDATE group_edge SET state = $3
        WHERE (source_id = $1 AND destination_id = ANY($2)) OR (destination_id = $1 AND source_id = ANY($2))
        """;

    // A group whose count is already too low must not get an invalid count when a member leaves.
    private const string CountSql = """
        UPDATE groups SET edge_count = GREATEST(edge_count + $2, 1), update_time = now() WHERE id = $1
        """;

    private const string DeleteTheirsSql = """
        DELETE FROM group_edge WHERE destination_id = $1 AND source_id IN (SELECT destination_id FROM group_edge WHERE source_id = $1)
        """;

    private const string DeleteOwnSql = "DELETE FROM group_edge WHERE source_id = $1";

    private const string DeleteGroupSql = "DELETE FROM groups WHERE id = $1";

    public static void Insert(NpgsqlBatch batch, Guid groupId, Guid[] userIds, long[] positions, GroupState state)
    {
        if (userIds.Length == 0) return;
        var parameters = Add(batch, InsertSql, groupId, userIds);
        parameters.Add(new NpgsqlParameter<long[]> { TypedValue = positions });
        parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)state });
    }

    public static void InsertBans(NpgsqlBatch batch, Guid groupId, Guid[] userIds, long[] positions) =>
        Add(batch, InsertBansSql, groupId, userIds).Add(new NpgsqlParameter<long[]> { TypedValue = positions });

    public static void Delete(NpgsqlBatch batch, Guid groupId, Guid[] userIds) => Add(batch, DeleteSql, groupId, userIds);

    public static void SetState(NpgsqlBatch batch, Guid groupId, Guid[] userIds, GroupState state)
    {
        if (userIds.Length == 0) return;
        Add(batch, SetStateSql, groupId, userIds).Add(new NpgsqlParameter<short> { TypedValue = (short)state });
    }

    /// <summary>Adds to the member count of a group.</summary>
    public static void Count(NpgsqlBatch batch, Guid groupId, int difference)
    {
        if (difference == 0) return;
        var parameters = batch.Add(CountSql).Parameters;
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = groupId });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = difference });
    }

    /// <summary>Deletes a group with all its edges. The messages of its channel are kept.</summary>
    public static void DeleteGroup(NpgsqlBatch batch, Guid groupId)
    {
        foreach (var sql in (ReadOnlySpan<string>)[DeleteTheirsSql, DeleteOwnSql, DeleteGroupSql])
            batch.Add(sql).Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = groupId });
    }

    private static NpgsqlParameterCollection Add(NpgsqlBatch batch, string sql, Guid groupId, Guid[] userIds)
    {
        var parameters = batch.Add(sql).Parameters;
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = groupId });
        parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = userIds });
        return parameters;
    }
}
