using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Groups;

/// <summary>A group and the states of some users in it, locked against concurrent changes.</summary>
/// <remarks>
/// A change to the members of a group first locks the users against deletion, in the order of their ids, and then locks
/// the group; account deletion uses the same order. So there are no deadlocks.
/// </remarks>
internal sealed class LockedGroup
{
    private const string UsersSql = """
        SELECT id, username FROM users WHERE id = ANY($1) ORDER BY id FOR KEY SHARE
        """;

    private const string GroupSql = $"""
        SELECT g.name, g.state, g.edge_count, g.max_count, {GroupRow.IsEnabled} FROM groups g WHERE g.id = $1 FOR UPDATE
        """;

    private const string StatesSql = """
        SELECT destination_id, state FROM group_edge WHERE source_id = $1 AND destination_id = ANY($2)
        """;

    // Edges of accounts that an older server deleted may remain; such a superadmin does not count.
    private const string CountSql = """
        SELECT count(*) FILTER (WHERE e.state = 0), count(*)
        FROM group_edge e JOIN users u ON u.id = e.destination_id
        WHERE e.source_id = $1 AND e.state <= 2 AND e.destination_id <> $2
        """;

    private readonly NpgsqlConnection _connection;

    private LockedGroup(NpgsqlConnection connection, Guid id)
    {
        _connection = connection;
        Id = id;
    }

    public Guid Id { get; }

    public bool IsThere { get; private set; }

    /// <summary>False also when the group does not exist.</summary>
    public bool IsEnabled { get; private set; }

    public string Name { get; private set; } = "";

    public bool IsOpen { get; private set; }

    public int EdgeCount { get; private set; }

    public int MaxCount { get; private set; }

    /// <summary>The names of the users that exist.</summary>
    public Dictionary<Guid, string> Usernames { get; } = [];

    /// <summary>The states of the users that have one in the group.</summary>
    public Dictionary<Guid, GroupState> States { get; } = [];

    /// <summary>Locks and reads. A group that does not exist has no values.</summary>
    public static async ValueTask<LockedGroup> LockAsync(
        NpgsqlConnection connection, Guid groupId, Guid[] userIds, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.Add(UsersSql).Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = userIds });
        batch.Add(GroupSql).Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = groupId });
        var states = batch.Add(StatesSql);
        states.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = groupId });
        states.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = userIds });

        var group = new LockedGroup(connection, groupId);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) group.Usernames[reader.GetGuid(0)] = reader.GetString(1);

        await reader.NextResultAsync(cancellationToken);
        if (await reader.ReadAsync(cancellationToken))
        {
            group.IsThere = true;
            group.Name = reader.GetString(0);
            group.IsOpen = reader.GetInt16(1) == GroupRow.Open;
            group.EdgeCount = reader.GetInt32(2);
            group.MaxCount = reader.GetInt32(3);
            group.IsEnabled = reader.GetBoolean(4);
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) group.States[reader.GetGuid(0)] = (GroupState)reader.GetInt16(1);
        return group;
    }

    /// <summary>The number of superadmins and the number of members of any rank besides one user.</summary>
    public async ValueTask<(long Superadmins, long Members)> CountOthersAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var command = _connection.CreateCommand(CountSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Id });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
