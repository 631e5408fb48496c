using Nakama.Server.Chat;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Groups;

/// <summary>Changes of a member's rank by operators, who may also promote those that are not members.</summary>
public sealed partial class GroupMemberStore
{
    /// <summary>
    /// Moves a user up by one state: a banned user to a join request, a join request to a member, a member to an admin, an
    /// admin to a superadmin. Null when the user has no state in the group, or the highest.
    /// </summary>
    /// <exception cref="Errors.ApiException">There is no such group, or a new member does not fit into it.</exception>
    public ValueTask<SystemMessage?> RaiseAsync(Guid groupId, Guid userId, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        database.InTransactionAsync(recorder, (connection, token) => RaiseAsync(connection, groupId, userId, token), cancellationToken);

    /// <summary>
    /// Moves a superadmin or an admin down by one state. Null when the user is neither, or is the last superadmin.
    /// </summary>
    /// <exception cref="Errors.ApiException">There is no such group.</exception>
    public async ValueTask<SystemMessage?> LowerAsync(Guid groupId, Guid userId, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        (await DemoteAsync(Guid.Empty, groupId, [userId], recorder, cancellationToken)) is [var message] ? message : null;

    private async ValueTask<SystemMessage?> RaiseAsync(NpgsqlConnection connection, Guid groupId, Guid userId, CancellationToken cancellationToken)
    {
        var (group, _) = await LockForAsync(connection, Guid.Empty, groupId, [userId], cancellationToken);
        if (!group.States.TryGetValue(userId, out var state) || state == GroupState.Superadmin || !group.Usernames.ContainsKey(userId)) return null;
        if (state == GroupState.JoinRequest && group.EdgeCount >= group.MaxCount) throw GroupErrors.Full;

        await using var batch = connection.CreateBatch();
        if (state == GroupState.Banned)
        {
            GroupEdges.Delete(batch, groupId, [userId]);
            GroupEdges.Insert(batch, groupId, [userId], positions.Next(1), GroupState.JoinRequest);
        }
        else
        {
            GroupEdges.SetState(batch, groupId, [userId], state - 1);
        }

        if (state == GroupState.JoinRequest) GroupEdges.Count(batch, groupId, 1);
        await batch.RunAsync(cancellationToken);
        return (await TellAsync(connection, group, MessageCode.GroupPromote, [userId], cancellationToken))[0];
    }
}
