using Nakama.Server.Chat;
using Nakama.Server.Database;
using Nakama.Server.Friends;
using Npgsql;

namespace Nakama.Server.Groups;

/// <summary>
/// The edges between groups and users and the rules for changing them. Every change is one transaction that locks the group,
/// and stores the messages for the group's channel.
/// </summary>
public sealed partial class GroupMemberStore(NpgsqlDataSource database, EdgePositions positions, SystemMessages messages)
{
    private const string ManagersSql = """
        SELECT destination_id FROM group_edge WHERE source_id = $1 AND state <= 1
        """;

    /// <summary>
    /// Joins an open group, or requests to join a closed one. A user that already has a state in the group, even banned, keeps
    /// it.
    /// </summary>
    /// <exception cref="Errors.ApiException">There is no such group, it is full, or the user does not exist.</exception>
    public ValueTask<GroupJoin> JoinAsync(Guid groupId, Guid userId, string username, CancellationToken cancellationToken) =>
        database.InTransactionAsync((connection, token) => JoinAsync(connection, groupId, userId, username, token), cancellationToken);

    /// <summary>Lets all of some users join in one transaction, or none of them.</summary>
    /// <inheritdoc cref="JoinAsync(Guid, Guid, string, CancellationToken)"/>
    public ValueTask<List<GroupJoin>> JoinAllAsync(
        Guid groupId, IReadOnlyList<(Guid Id, string Username)> users, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            recorder,
            async (connection, token) =>
            {
                // All users before the group, as everywhere; the locks of each join are held already.
                await LockedGroup.LockAsync(connection, groupId, [.. users.Select(static user => user.Id)], token);
                var joins = new List<GroupJoin>(users.Count);
                foreach (var (id, username) in users) joins.Add(await JoinAsync(connection, groupId, id, username, token));
                return joins;
            },
            cancellationToken);

    /// <summary>
    /// Leaves a group or withdraws the join request. The group is deleted when its last member leaves. A user without a state in
    /// the group, or a banned one, is unchanged.
    /// </summary>
    /// <exception cref="Errors.ApiException">The group would lose its last superadmin.</exception>
    /// <exception cref="GroupDisabledException">The group is disabled.</exception>
    public ValueTask<GroupLeave> LeaveAsync(Guid groupId, Guid userId, string username, CancellationToken cancellationToken) =>
        database.InTransactionAsync((connection, token) => LeaveAsync(connection, groupId, userId, username, token), cancellationToken);

    private async ValueTask<GroupJoin> JoinAsync(
        NpgsqlConnection connection, Guid groupId, Guid userId, string username, CancellationToken cancellationToken)
    {
        var group = await LockedGroup.LockAsync(connection, groupId, [userId], cancellationToken);
        if (!group.IsEnabled) throw GroupErrors.NotFound;
        if (group.EdgeCount >= group.MaxCount) throw GroupErrors.Full;
        if (group.States.ContainsKey(userId)) return GroupJoin.Nothing;
        if (!group.Usernames.ContainsKey(userId)) throw GroupErrors.AccountNotFound;

        await using var batch = connection.CreateBatch();
        GroupEdges.Insert(batch, groupId, [userId], positions.Next(1), group.IsOpen ? GroupState.Member : GroupState.JoinRequest);
        if (group.IsOpen) GroupEdges.Count(batch, groupId, 1);
        await batch.RunAsync(cancellationToken);

        if (!group.IsOpen) return new GroupJoin(null, await ManagersAsync(connection, groupId, cancellationToken));
        var message = messages.New(groupId, MessageCode.GroupJoin, userId, username);
        await SystemMessages.StoreAsync(connection, [message], cancellationToken);
        return new GroupJoin(message, []);
    }

    private async ValueTask<GroupLeave> LeaveAsync(
        NpgsqlConnection connection, Guid groupId, Guid userId, string username, CancellationToken cancellationToken)
    {
        var group = await LockedGroup.LockAsync(connection, groupId, [userId], cancellationToken);
        if (!group.States.TryGetValue(userId, out var state) || state == GroupState.Banned) return GroupLeave.Nothing;
        if (state <= GroupState.Member && !group.IsEnabled) throw new GroupDisabledException();

        await using var batch = connection.CreateBatch();
        if (state == GroupState.Superadmin)
        {
            var others = await group.CountOthersAsync(userId, cancellationToken);
            if (others.Superadmins == 0 && others.Members > 0) throw GroupErrors.LastSuperadmin;
            if (others.Members == 0)
            {
                GroupEdges.DeleteGroup(batch, groupId);
                await batch.RunAsync(cancellationToken);
                return GroupLeave.Deleted;
            }
        }

        GroupEdges.Delete(batch, groupId, [userId]);
        if (state <= GroupState.Member) GroupEdges.Count(batch, groupId, -1);
        await batch.RunAsync(cancellationToken);
        if (!group.Usernames.ContainsKey(userId)) return GroupLeave.Nothing;

        var message = messages.New(groupId, MessageCode.GroupLeave, userId, username);
        await SystemMessages.StoreAsync(connection, [message], cancellationToken);
        return new GroupLeave(message, IsGroupDeleted: false);
    }

    private static async ValueTask<List<Guid>> ManagersAsync(NpgsqlConnection connection, Guid groupId, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand(ManagersSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = groupId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<Guid> managers = [];
        while (await reader.ReadAsync(cancellationToken)) managers.Add(reader.GetGuid(0));
        return managers;
    }
}
