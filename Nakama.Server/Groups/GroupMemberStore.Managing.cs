using Nakama.Server.Chat;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Groups;

/// <summary>
/// The operations of superadmins and admins on other users. The empty id as the caller is the system, which ranks as a
/// superadmin. The caller is skipped among the users.
/// </summary>
public sealed partial class GroupMemberStore
{
    /// <summary>Adds users as members, including those with a join request. Members and banned users keep their state.</summary>
    /// <exception cref="Errors.ApiException">
    /// The caller lacks permission, a user does not exist, or the group has too few free places.
    /// </exception>
    /// <exception cref="GroupDisabledException">The group is disabled.</exception>
    public ValueTask<GroupAddition> AddAsync(
        Guid callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            recorder, (connection, token) => AddAsync(connection, callerId, groupId, Others(callerId, userIds), token), cancellationToken);

    /// <summary>
    /// Removes users, which also rejects join requests and lifts bans. Admins remove only users of a lower rank; the last
    /// superadmin stays.
    /// </summary>
    /// <exception cref="Errors.ApiException">The caller lacks permission.</exception>
    /// <exception cref="GroupDisabledException">The group is disabled.</exception>
    public ValueTask<GroupRemoval> KickAsync(
        Guid callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            recorder, (connection, token) => RemoveAsync(connection, callerId, groupId, Others(callerId, userIds), isBan: false, token), cancellationToken);

    /// <summary>
    /// Removes users and prevents them from joining and being added. Otherwise the rules are those of kicking. In a disabled
    /// group nothing happens.
    /// </summary>
    /// <exception cref="Errors.ApiException">
    /// The caller lacks permission, or a user has no edge to the group; then no user is banned.
    /// </exception>
    public ValueTask<GroupRemoval> BanAsync(Guid callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            (connection, token) => RemoveAsync(connection, callerId, groupId, Others(callerId, userIds), isBan: true, token), cancellationToken);

    /// <summary>Raises members and admins by one rank for each time they are named, up to a rank below the caller's.</summary>
    /// <exception cref="Errors.ApiException">The caller lacks permission.</exception>
    /// <exception cref="GroupDisabledException">The group is disabled.</exception>
    public ValueTask<IReadOnlyList<SystemMessage>> PromoteAsync(
        Guid callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        database.InTransactionAsync((connection, token) => MoveAsync(connection, callerId, groupId, userIds, isUp: true, token), cancellationToken);

    /// <summary>
    /// Lowers admins and superadmins by one rank for each time they are named, unless they rank above the caller. The last
    /// superadmin stays.
    /// </summary>
    /// <exception cref="Errors.ApiException">The caller lacks permission.</exception>
    /// <exception cref="GroupDisabledException">The group is disabled.</exception>
    public ValueTask<IReadOnlyList<SystemMessage>> DemoteAsync(
        Guid callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        database.InTransactionAsync(recorder, (connection, token) => MoveAsync(connection, callerId, groupId, userIds, isUp: false, token), cancellationToken);

    private async ValueTask<GroupAddition> AddAsync(
        NpgsqlConnection connection, Guid callerId, Guid groupId, Guid[] userIds, CancellationToken cancellationToken)
    {
        var (group, _) = await LockForAsync(connection, callerId, groupId, userIds, cancellationToken);
        if (!group.IsEnabled) throw new GroupDisabledException();
        if (!Array.TrueForAll(userIds, group.Usernames.ContainsKey)) throw GroupErrors.UsersNotFound;

        Guid[] strangers = [.. userIds.Where(id => !group.States.ContainsKey(id))];
        Guid[] asking = [.. userIds.Where(id => group.States.TryGetValue(id, out var state) && state == GroupState.JoinRequest)];
        Guid[] added = [.. strangers, .. asking];
        if (added.Length > 0 && added.Length > group.MaxCount - group.EdgeCount) throw GroupErrors.Full;

        await using var batch = connection.CreateBatch();
        GroupEdges.Insert(batch, groupId, strangers, positions.Next(strangers.Length), GroupState.Member);
        GroupEdges.SetState(batch, groupId, asking, GroupState.Member);
        GroupEdges.Count(batch, groupId, added.Length);
        await batch.RunAsync(cancellationToken);
        return new GroupAddition(group.Name, added, await TellAsync(connection, group, MessageCode.GroupAdd, added, cancellationToken));
    }

    private async ValueTask<GroupRemoval> RemoveAsync(
        NpgsqlConnection connection, Guid callerId, Guid groupId, Guid[] userIds, bool isBan, CancellationToken cancellationToken)
    {
        var (group, rank) = await LockForAsync(connection, callerId, groupId, userIds, cancellationToken);
        if (!group.IsEnabled) return isBan ? GroupRemoval.Nothing : throw new GroupDisabledException();

        if (isBan && !Array.TrueForAll(userIds, group.States.ContainsKey)) throw GroupErrors.NotMembers;

        var spare = await SpareSuperadminsAsync(group, userIds, cancellationToken);
        List<Guid> removed = [], members = [];
        foreach (var id in userIds)
        {
            if (!group.States.TryGetValue(id, out var state)) continue;
            if (isBan && state == GroupState.Banned) continue;
            if (rank == GroupState.Admin && state <= GroupState.Admin) continue;
            if (state == GroupState.Superadmin && group.Usernames.ContainsKey(id) && --spare < 0) continue;
            removed.Add(id);
            if (state <= GroupState.Member) members.Add(id);
        }
        if (removed.Count == 0) return GroupRemoval.Nothing;

        await using var batch = connection.CreateBatch();
        GroupEdges.Delete(batch, groupId, [.. removed]);
        GroupEdges.Count(batch, groupId, -members.Count);
        if (isBan) GroupEdges.InsertBans(batch, groupId, [.. removed], positions.Next(removed.Count));
        await batch.RunAsync(cancellationToken);
        var code = isBan ? MessageCode.GroupBan : MessageCode.GroupKick;
        return new GroupRemoval(members, await TellAsync(connection, group, code, members, cancellationToken));
    }

    private async ValueTask<IReadOnlyList<SystemMessage>> MoveAsync(
        NpgsqlConnection connection, Guid callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, bool isUp, CancellationToken cancellationToken)
    {
        var distinct = Others(callerId, userIds);
        var (group, rank) = await LockForAsync(connection, callerId, groupId, distinct, cancellationToken);
        if (!group.IsEnabled) throw new GroupDisabledException();

        var spare = isUp ? 0 : await SpareSuperadminsAsync(group, distinct, cancellationToken);
        var states = new Dictionary<Guid, GroupState>();
        List<Guid> steps = [];
        foreach (var id in userIds)
        {
            if (id == callerId || !group.States.TryGetValue(id, out var before)) continue;
            var state = states.GetValueOrDefault(id, before);
            var mayMove = isUp
                ? state > GroupState.Superadmin && state > rank && state <= GroupState.Member
                : state >= rank && state < GroupState.Member;
            if (!mayMove) continue;
            if (!isUp && state == GroupState.Superadmin && group.Usernames.ContainsKey(id) && --spare < 0) continue;
            states[id] = isUp ? state - 1 : state + 1;
            steps.Add(id);
        }

        await using var batch = connection.CreateBatch();
        foreach (var ofState in states.GroupBy(static moved => moved.Value, static moved => moved.Key))
            GroupEdges.SetState(batch, groupId, [.. ofState], ofState.Key);
        await batch.RunAsync(cancellationToken);
        return await TellAsync(connection, group, isUp ? MessageCode.GroupPromote : MessageCode.GroupDemote, steps, cancellationToken);
    }

    private static async ValueTask<(LockedGroup Group, GroupState Rank)> LockForAsync(
        NpgsqlConnection connection, Guid callerId, Guid groupId, Guid[] userIds, CancellationToken cancellationToken)
    {
        var group = await LockedGroup.LockAsync(connection, groupId, [callerId, .. userIds], cancellationToken);
        if (!group.IsThere) throw GroupErrors.Denied;
        if (callerId == Guid.Empty) return (group, GroupState.Superadmin);
        return GroupStore.IsRanked(group, callerId, GroupState.Admin) ? (group, group.States[callerId]) : throw GroupErrors.Denied;
    }

    /// <summary>The number of superadmins that may be removed. Read only when one of the users is a superadmin.</summary>
    private static async ValueTask<long> SpareSuperadminsAsync(LockedGroup group, Guid[] userIds, CancellationToken cancellationToken)
    {
        if (!Array.Exists(userIds, id => group.States.TryGetValue(id, out var state) && state == GroupState.Superadmin)) return 0;
        return (await group.CountOthersAsync(Guid.Empty, cancellationToken)).Superadmins - 1;
    }

    /// <summary>Stores a message about each user. A deleted account gets none, as its messages were deleted with it.</summary>
    private async ValueTask<IReadOnlyList<SystemMessage>> TellAsync(
        NpgsqlConnection connection, LockedGroup group, int code, IEnumerable<Guid> userIds, CancellationToken cancellationToken)
    {
        List<SystemMessage> told = [];
        foreach (var id in userIds)
        {
            if (group.Usernames.TryGetValue(id, out var username)) told.Add(messages.New(group.Id, code, id, username));
        }
        await SystemMessages.StoreAsync(connection, told, cancellationToken);
        return told;
    }

    private static Guid[] Others(Guid callerId, IReadOnlyCollection<Guid> userIds) => [.. userIds.Where(id => id != callerId).Distinct()];
}
