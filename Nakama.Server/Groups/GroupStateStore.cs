using System.Text.Json;
using Nakama.Server.Database;
using Nakama.Server.Friends;
using Npgsql;

namespace Nakama.Server.Groups;

/// <summary>Reads and restores groups, as part of a transaction; those that are deleted with their members.</summary>
internal sealed class GroupStateStore(EdgePositions positions)
{
    /// <summary>The member of a state that lists the users with a state in the group.</summary>
    public const string Members = "members";

    /// <summary>The number of members that a state lists, the highest ranks first.</summary>
    private const int MaxMembers = 2000;

    private const string LeftOut = "members_left_out";

    private const string NameKey = "groups_name_key";

    private static readonly string[] Texts = ["name", "description", "avatar_url", "lang_tag"];

    private const string ReadSql = """
        SELECT g.name, g.description, g.avatar_url, g.lang_tag, g.state, g.max_count, g.creator_id, g.create_time, g.metadata
        FROM groups g WHERE g.id = $1 FOR UPDATE
        """;

    private const string MembersSql = "SELECT destination_id, state FROM group_edge WHERE source_id = $1 ORDER BY state, position LIMIT $2";

    private const string CountSql = "SELECT count(*) FROM group_edge WHERE source_id = $1";

    private const string UpdateSql = """
        UPDATE groups SET name = $2, description = $3, avatar_url = $4, lang_tag = $5, state = $6, max_count = $7, creator_id = $8,
            metadata = $9, update_time = now()
        WHERE id = $1
        """;

    private const string InsertSql = """
        INSERT INTO groups (id, name, description, avatar_url, lang_tag, state, max_count, creator_id, metadata, create_time, edge_count)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    private const string UsersSql = "SELECT id FROM users WHERE id = ANY($1) ORDER BY id FOR KEY SHARE";

    /// <summary>Locks a group and reads it; null when there is none.</summary>
    public static async ValueTask<ObjectState?> ReadAsync(NpgsqlConnection connection, Guid groupId, bool withMembers, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(ReadSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = groupId });
        string?[] texts;
        (short State, int MaxCount, Guid CreatorId, DateTime CreatedAt, string Metadata) rest;
        await using (var row = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (!await row.ReadAsync(cancellationToken)) return null;
            texts = [.. Enumerable.Range(0, Texts.Length).Select(i => row.IsDBNull(i) ? null : row.GetString(i))];
            rest = (row.GetInt16(4), row.GetInt32(5), row.GetGuid(6), row.GetDateTime(7), row.GetString(8));
        }

        var (members, count) = withMembers ? await ReadMembersAsync(connection, groupId, cancellationToken) : ([], 0);
        return ObjectState.Write(writer =>
        {
            for (var i = 0; i < Texts.Length; i++) writer.WriteString(Texts[i], texts[i]);
            writer.WriteBoolean("open", rest.State == GroupRow.Open);
            writer.WriteNumber("max_count", rest.MaxCount);
            writer.WriteString("creator_id", rest.CreatorId);
            writer.WriteString("create_time", ObjectState.Text(rest.CreatedAt));
            writer.WritePropertyName("metadata");
            writer.WriteRawValue(rest.Metadata, skipInputValidation: true);
            if (!withMembers) return;
            WriteMembers(writer, members);
            if (count > members.Count) writer.WriteNumber(LeftOut, count - members.Count);
        });
    }

    /// <summary>Locks a group and some users, and reads their states in it.</summary>
    public static async ValueTask<ObjectState?> ReadMembersAsync(
        NpgsqlConnection connection, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        var group = await LockedGroup.LockAsync(connection, groupId, [.. userIds], cancellationToken);
        return group.IsThere
            ? ObjectState.Write(writer => WriteMembers(writer, [.. group.States.OrderBy(static member => member.Key).Select(static member => (member.Key, member.Value))]))
            : null;
    }

    /// <summary>The users in a state.</summary>
    public static IEnumerable<(Guid UserId, GroupState State)> MembersOf(JsonElement state) =>
        state.TryGetProperty(Members, out var members)
            ? members.EnumerateArray().Select(static member => (member.GetProperty("user_id").GetGuid(), (GroupState)member.GetProperty("state").GetInt16()))
            : [];

    /// <summary>Puts a state back on a group that is there, without its members.</summary>
    /// <exception cref="Errors.ApiException">The name is taken.</exception>
    public static async ValueTask UpdateAsync(NpgsqlConnection connection, Guid groupId, JsonElement state, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(UpdateSql);
        AddRow(command.Parameters, groupId, state);
        await RunAsync(command, cancellationToken);
    }

    /// <summary>Creates a deleted group again, with those members of the state that still have an account.</summary>
    /// <exception cref="Errors.ApiException">The name is taken.</exception>
    public async ValueTask CreateAsync(NpgsqlConnection connection, Guid groupId, JsonElement state, CancellationToken cancellationToken)
    {
        var members = MembersOf(state).ToList();
        var there = await FindUsersAsync(connection, [.. members.Select(static member => member.UserId)], cancellationToken);
        members.RemoveAll(member => !there.Contains(member.UserId));
        await using (var command = connection.CreateCommand(InsertSql))
        {
            AddRow(command.Parameters, groupId, state);
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = ObjectState.Time(state.GetProperty("create_time").GetString()!) });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Math.Max(1, members.Count(static member => member.State <= GroupState.Member)) });
            await RunAsync(command, cancellationToken);
        }

        await using var edges = connection.CreateBatch();
        Insert(edges, groupId, members);
        await edges.RunAsync(cancellationToken);
    }

    /// <summary>Deletes a group with its edges.</summary>
    public static async ValueTask DeleteAsync(NpgsqlConnection connection, Guid groupId, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        GroupEdges.DeleteGroup(batch, groupId);
        await batch.RunAsync(cancellationToken);
    }

    /// <summary>Gives users the states that they had in a group; a user that is not in the state leaves it.</summary>
    /// <returns>The users that are not members any more.</returns>
    /// <exception cref="Errors.ApiException">
    /// There is no such group, too few places are free, or no superadmin would be left.
    /// </exception>
    public async ValueTask<List<Guid>> RestoreMembersAsync(
        NpgsqlConnection connection, Guid groupId, IReadOnlyCollection<Guid> userIds, JsonElement state, CancellationToken cancellationToken)
    {
        var group = await LockedGroup.LockAsync(connection, groupId, [.. userIds], cancellationToken);
        if (!group.IsThere) throw GroupErrors.Denied;
        var wanted = MembersOf(state).ToDictionary(static member => member.UserId, static member => member.State);
        Guid[] changed = [.. userIds.Where(id => group.Usernames.ContainsKey(id) && StateIn(group.States, id) != StateIn(wanted, id))];
        if (changed.Length == 0) return [];

        var difference = changed.Count(id => IsMember(wanted, id)) - changed.Count(id => IsMember(group.States, id));
        if (difference > group.MaxCount - group.EdgeCount && difference > 0) throw GroupErrors.Full;
        await using var batch = connection.CreateBatch();
        GroupEdges.Delete(batch, groupId, changed);
        Insert(batch, groupId, [.. changed.Where(wanted.ContainsKey).Select(id => (id, wanted[id]))]);
        GroupEdges.Count(batch, groupId, difference);
        await batch.RunAsync(cancellationToken);
        var (superadmins, members) = await group.CountOthersAsync(Guid.Empty, cancellationToken);
        if (superadmins == 0 && members > 0) throw GroupErrors.LastSuperadmin;
        return [.. changed.Where(id => IsMember(group.States, id) && !IsMember(wanted, id))];
    }

    private static GroupState? StateIn(Dictionary<Guid, GroupState> states, Guid userId) => states.TryGetValue(userId, out var state) ? state : null;

    private static bool IsMember(Dictionary<Guid, GroupState> states, Guid userId) => StateIn(states, userId) <= GroupState.Member;

    private static void WriteMembers(Utf8JsonWriter writer, IEnumerable<(Guid UserId, GroupState State)> members)
    {
        writer.WriteStartArray(Members);
        foreach (var (userId, state) in members)
        {
            writer.WriteStartObject();
            writer.WriteString("user_id", userId);
            writer.WriteNumber("state", (short)state);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static async ValueTask<(List<(Guid UserId, GroupState State)> Members, long Count)> ReadMembersAsync(
        NpgsqlConnection connection, Guid groupId, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        var list = batch.Add(MembersSql).Parameters;
        list.Add(new NpgsqlParameter<Guid> { TypedValue = groupId });
        list.Add(new NpgsqlParameter<int> { TypedValue = MaxMembers });
        batch.Add(CountSql).Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = groupId });
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        var members = new List<(Guid, GroupState)>();
        while (await row.ReadAsync(cancellationToken)) members.Add((row.GetGuid(0), (GroupState)row.GetInt16(1)));
        await row.NextResultAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (members, row.GetInt64(0));
    }

    private static async ValueTask<HashSet<Guid>> FindUsersAsync(NpgsqlConnection connection, Guid[] userIds, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(UsersSql);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = userIds });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var found = new HashSet<Guid>();
        while (await row.ReadAsync(cancellationToken)) found.Add(row.GetGuid(0));
        return found;
    }

    private void Insert(NpgsqlBatch batch, Guid groupId, List<(Guid UserId, GroupState State)> members)
    {
        foreach (var ofState in members.GroupBy(static member => member.State, static member => member.UserId))
        {
            Guid[] userIds = [.. ofState];
            if (ofState.Key == GroupState.Banned) GroupEdges.InsertBans(batch, groupId, userIds, positions.Next(userIds.Length));
            else GroupEdges.Insert(batch, groupId, userIds, positions.Next(userIds.Length), ofState.Key);
        }
    }

    private static void AddRow(NpgsqlParameterCollection parameters, Guid groupId, JsonElement state)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = groupId });
        foreach (var name in Texts) parameters.AddText(state.GetProperty(name).GetString());
        parameters.Add(new NpgsqlParameter<short> { TypedValue = state.GetProperty("open").GetBoolean() ? GroupRow.Open : GroupRow.Closed });
        parameters.Add(new NpgsqlParameter<int> { TypedValue = state.GetProperty("max_count").GetInt32() });
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = state.GetProperty("creator_id").GetGuid() });
        parameters.AddJsonb(state.GetProperty("metadata").GetRawText());
    }

    private static async ValueTask RunAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (DatabaseErrors.IsUniqueViolation(e, NameKey))
        {
            throw GroupErrors.NewNameTaken;
        }
    }
}
