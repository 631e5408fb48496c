using Nakama.Protocol.Api;
using Nakama.Server.Chat;
using Nakama.Server.Database;
using Nakama.Server.Notifications;
using Nakama.Server.Presence;

namespace Nakama.Server.Groups;

/// <summary>
/// The group operations of users and the system, with their notifications and channel messages. As a caller, the empty id
/// is the system, which has all rights.
/// </summary>
public sealed class GroupActions(
    GroupStore groups, GroupMemberStore members, SystemMessages messages, NotificationSender notifications, PresenceTracker presences,
    ClusterPresences clusterPresences)
{
    /// <inheritdoc cref="GroupStore.CreateAsync(GroupRequest, CancellationToken)"/>
    public ValueTask<Group> CreateAsync(GroupRequest draft, CancellationToken cancellationToken) => groups.CreateAsync(draft, cancellationToken);

    /// <inheritdoc cref="GroupStore.UpdateAsync(Guid, Guid, GroupChange, IChangeRecorder, CancellationToken)"/>
    public ValueTask UpdateAsync(Guid callerId, Guid groupId, GroupChange change, CancellationToken cancellationToken) =>
        groups.UpdateAsync(callerId, groupId, change, null, cancellationToken);

    /// <inheritdoc cref="GroupStore.UpdateAsync(Guid, Guid, GroupChange, IChangeRecorder, CancellationToken)"/>
    public ValueTask UpdateAsync(Guid callerId, Guid groupId, GroupChange change, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        groups.UpdateAsync(callerId, groupId, change, recorder, cancellationToken);

    /// <summary>Deletes a group and closes its channel without a message.</summary>
    /// <inheritdoc cref="GroupStore.DeleteAsync"/>
    public ValueTask DeleteAsync(Guid callerId, Guid groupId, CancellationToken cancellationToken) => DeleteAsync(callerId, groupId, null, cancellationToken);

    /// <inheritdoc cref="DeleteAsync(Guid, Guid, CancellationToken)"/>
    public async ValueTask DeleteAsync(Guid callerId, Guid groupId, IChangeRecorder? recorder, CancellationToken cancellationToken)
    {
        await groups.DeleteAsync(callerId, groupId, recorder, cancellationToken);
        EndChannel(groupId);
    }

    /// <summary>
    /// Joins an open group and posts a message in its channel, or requests to join a closed one, which notifies its managers.
    /// </summary>
    /// <inheritdoc cref="GroupMemberStore.JoinAsync(Guid, Guid, string, CancellationToken)"/>
    public async ValueTask JoinAsync(Guid groupId, Guid userId, string username, CancellationToken cancellationToken)
    {
        await TellAsync(groupId, userId, username, await members.JoinAsync(groupId, userId, username, cancellationToken));
    }

    /// <summary>Lets all of some users join, as <see cref="JoinAsync"/> does, or none of them.</summary>
    /// <inheritdoc cref="GroupMemberStore.JoinAllAsync"/>
    public async ValueTask JoinAllAsync(
        Guid groupId, IReadOnlyList<(Guid Id, string Username)> users, IChangeRecorder? recorder, CancellationToken cancellationToken)
    {
        var joins = await members.JoinAllAsync(groupId, users, recorder, cancellationToken);
        for (var i = 0; i < joins.Count; i++) await TellAsync(groupId, users[i].Id, users[i].Username, joins[i]);
    }

    private async ValueTask TellAsync(Guid groupId, Guid userId, string username, GroupJoin join)
    {
        if (join.Message is not null) messages.Deliver([join.Message]);
        if (join.Managers.Count == 0) return;

        var (subject, content) = (
            $"User {username} wants to join your group",
            NotificationContent.Of(("group_id", groupId.ToString()), ("username", username)));
        await notifications.SendAsync(
            [.. join.Managers.Select(id => new NotificationRequest(id, subject, content, NotificationCode.GroupJoinRequest, userId, IsPersistent: true))],
            CancellationToken.None);
    }

    /// <summary>Leaves a group, posts a message in its channel, and then leaves the channel.</summary>
    /// <inheritdoc cref="GroupMemberStore.LeaveAsync(Guid, Guid, string, CancellationToken)"/>
    public async ValueTask LeaveAsync(Guid groupId, Guid userId, string username, CancellationToken cancellationToken)
    {
        var leave = await members.LeaveAsync(groupId, userId, username, cancellationToken);
        if (leave.IsGroupDeleted)
        {
            EndChannel(groupId);
        }
        else if (leave.Message is not null)
        {
            messages.Deliver([leave.Message]);
            LeaveChannel(groupId, [userId]);
        }
    }

    /// <summary>Adds users to a group, posts messages in its channel, and notifies the users.</summary>
    /// <inheritdoc cref="GroupMemberStore.AddAsync(Guid, Guid, IReadOnlyCollection{Guid}, IChangeRecorder, CancellationToken)"/>
    public ValueTask AddUsersAsync(Guid callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        AddUsersAsync(callerId, groupId, userIds, null, cancellationToken);

    /// <inheritdoc cref="AddUsersAsync(Guid, Guid, IReadOnlyCollection{Guid}, CancellationToken)"/>
    public async ValueTask AddUsersAsync(
        Guid callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, IChangeRecorder? recorder, CancellationToken cancellationToken)
    {
        var addition = await members.AddAsync(callerId, groupId, userIds, recorder, cancellationToken);
        messages.Deliver(addition.Messages);
        if (addition.UserIds.Count == 0) return;

        var (subject, content) = (
            NotificationContent.FitSubject("You've been added to group " + addition.GroupName),
            NotificationContent.Of(("group_id", groupId.ToString()), ("name", addition.GroupName)));
        await notifications.SendAsync(
            [.. addition.UserIds.Select(id => new NotificationRequest(id, subject, content, NotificationCode.GroupAdd, callerId, IsPersistent: true))],
            CancellationToken.None);
    }

    /// <summary>Kicks users, posts messages in the group's channel, and then removes them from it.</summary>
    /// <inheritdoc cref="GroupMemberStore.KickAsync"/>
    public async ValueTask KickUsersAsync(Guid callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        Tell(groupId, await members.KickAsync(callerId, groupId, userIds, null, cancellationToken));

    /// <summary>Bans users, posts messages in the group's channel, and then removes them from it.</summary>
    /// <inheritdoc cref="GroupMemberStore.BanAsync"/>
    public async ValueTask BanUsersAsync(Guid callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        Tell(groupId, await members.BanAsync(callerId, groupId, userIds, cancellationToken));

    /// <summary>Promotes users and posts messages in the group's channel.</summary>
    /// <inheritdoc cref="GroupMemberStore.PromoteAsync"/>
    public async ValueTask PromoteUsersAsync(Guid callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        messages.Deliver(await members.PromoteAsync(callerId, groupId, userIds, cancellationToken));

    /// <summary>Demotes users and posts messages in the group's channel.</summary>
    /// <inheritdoc cref="GroupMemberStore.DemoteAsync"/>
    public async ValueTask DemoteUsersAsync(Guid callerId, Guid groupId, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        messages.Deliver(await members.DemoteAsync(callerId, groupId, userIds, null, cancellationToken));

    /// <summary>
    /// Removes a user on behalf of an operator, as <see cref="KickUsersAsync"/> does. False when the user has no state in the
    /// group, or is its last superadmin.
    /// </summary>
    /// <exception cref="Errors.ApiException">There is no such group.</exception>
    public async ValueTask<bool> TryRemoveAsync(Guid groupId, Guid userId, IChangeRecorder? recorder, CancellationToken cancellationToken)
    {
        var removal = await members.KickAsync(Guid.Empty, groupId, [userId], recorder, cancellationToken);
        Tell(groupId, removal);
        return !ReferenceEquals(removal, GroupRemoval.Nothing);
    }

    /// <summary>Raises a user on behalf of an operator and posts a message in the channel; false when that is not possible.</summary>
    /// <inheritdoc cref="GroupMemberStore.RaiseAsync(Guid, Guid, IChangeRecorder, CancellationToken)"/>
    public async ValueTask<bool> TryRaiseAsync(Guid groupId, Guid userId, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        Tell(await members.RaiseAsync(groupId, userId, recorder, cancellationToken));

    /// <summary>Lowers a user on behalf of an operator and posts a message in the channel; false when that is not possible.</summary>
    /// <inheritdoc cref="GroupMemberStore.LowerAsync"/>
    public async ValueTask<bool> TryLowerAsync(Guid groupId, Guid userId, IChangeRecorder? recorder, CancellationToken cancellationToken) =>
        Tell(await members.LowerAsync(groupId, userId, recorder, cancellationToken));

    /// <summary>The effects of memberships that a stored change has ended: the users leave the channel.</summary>
    internal void ApplyRemoval(Guid groupId, IReadOnlyCollection<Guid> userIds) => LeaveChannel(groupId, userIds);

    /// <summary>The effects of a group's deletion that is stored already.</summary>
    internal void ApplyDeletion(Guid groupId) => EndChannel(groupId);

    private bool Tell(SystemMessage? message)
    {
        if (message is null) return false;
        messages.Deliver([message]);
        return true;
    }

    private void Tell(Guid groupId, GroupRemoval removal)
    {
        messages.Deliver(removal.Messages);
        LeaveChannel(groupId, removal.UserIds);
    }

    private void LeaveChannel(Guid groupId, IReadOnlyCollection<Guid> userIds)
    {
        if (userIds.Count == 0) return;
        var stream = ChannelId.Group(groupId).Stream;
        foreach (var presence in presences.List(stream))
        {
            if (userIds.Contains(presence.UserId)) clusterPresences.Untrack(presence);
        }
    }

    private void EndChannel(Guid groupId) => presences.UntrackStream(ChannelId.Group(groupId).Stream);
}
