using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Groups;

/// <summary>A group and what some users are to it, while nobody else can change it.</summary>
/// <remarks>
/// Whoever changes the members of a group keeps the users from being deleted first, in the order of their ids, and then locks
/// the group; account deletion goes the same way. So nobody waits for one who waits for him.
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

    // Edges of accounts that an older server deleted may be left, and such a superadmin leads nobody.
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

    /// <summary>False also when it is not there.</summary>
    public bool IsEnabled { get; private set; }

    public string Name { get; private set; } = "";

    public bool IsOpen { get; private set; }

    public int EdgeCount { get; private set; }

    public int MaxCount { get; private set; }

    /// <summary>The names of those of the users who exist.</summary>
    public Dictionary<Guid, string> Usernames { get; } = [];

    /// <summary>What those of the users are who are anything to the group.</summary>
    public Dictionary<Guid, GroupState> States { get; } = [];

    /// <summary>Locks and reads. A group that does not exist has nothing.</summary>
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

    /// <summary>How many superadmins and how many members of any rank there are besides one user.</summary>
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
