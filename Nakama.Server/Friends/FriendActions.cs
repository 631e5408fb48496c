using Nakama.Server.Notifications;
using Nakama.Server.Presence;

namespace Nakama.Server.Friends;

/// <summary>The friend operations of a user, with their notifications.</summary>
public sealed class FriendActions(FriendStore store, NotificationSender notifications, PresenceTracker presences)
{
    /// <summary>Invites users, and accepts the invitations of those that have invited the user. They are notified.</summary>
    /// <param name="userId">The user that adds.</param>
    /// <param name="username">The name shown in the notifications.</param>
    /// <param name="ids">The users to add, by id.</param>
    /// <param name="usernames">The users to add, by name; unknown names are skipped.</param>
    /// <param name="metadata">JSON that is stored with the user's edges; empty for none.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="Errors.ApiException">The user is among them, or no user is left, or the user does not exist.</exception>
    public async ValueTask AddAsync(
        Guid userId, string username, IReadOnlyCollection<Guid> ids, IReadOnlyCollection<string> usernames, string metadata,
        CancellationToken cancellationToken)
    {
        var others = await FindAsync(ids, usernames, cancellationToken);
        if (others.Contains(userId)) throw FriendErrors.AddSelf;
        if (others.Length == 0) throw FriendErrors.NobodyGiven;

        var added = await store.AddAsync(userId, others, metadata, cancellationToken);
        var content = NotificationContent.Of(("username", username));
        await SendAsync(
            [
                .. added.Invited.Select(id => PendingClause(id, $"{username} wants to add you as a friend", NotificationCode.FriendRequest)),
                .. added.Accepted.Select(id => PendingClause(id, $"{username} accepted your friend request", NotificationCode.FriendAccept)),
            ]);

        NotificationRequest PendingClause(Guid id, string subject, int code) => new(id, subject, content, code, userId, IsPersistent: true);
    }

    /// <summary>
    /// Ends friendships, invitations of either side and the user's own blocks. Users that lose an edge by it are notified.
    /// False when no user is left to remove.
    /// </summary>
    /// <exception cref="Errors.ApiException">The user is among them.</exception>
    public async ValueTask<bool> DeleteAsync(
        Guid userId, string username, IReadOnlyCollection<Guid> ids, IReadOnlyCollection<string> usernames, CancellationToken cancellationToken)
    {
        var others = await FindAsync(ids, usernames, cancellationToken);
        if (others.Contains(userId)) throw FriendErrors.DeleteSelf;
        if (others.Length == 0) return false;

        var removed = await store.DeleteAsync(userId, others, cancellationToken);
        var (subject, content) = ($"{username} removed you as a friend", NotificationContent.Of(("username", username)));
        await SendAsync(
            [.. removed.Select(id => new NotificationRequest(id, subject, content, NotificationCode.FriendRemove, userId, IsPersistent: true))]);
        return true;
    }

    /// <summary>Blocks users and closes the direct channels with them. They are not notified.</summary>
    /// <exception cref="Errors.ApiException">The user is among them, or no user is left, or the user does not exist.</exception>
    public async ValueTask BlockAsync(
        Guid userId, IReadOnlyCollection<Guid> ids, IReadOnlyCollection<string> usernames, CancellationToken cancellationToken)
    {
        var others = await FindAsync(ids, usernames, cancellationToken);
        if (others.Contains(userId)) throw FriendErrors.BlockSelf;
        if (others.Length == 0) throw FriendErrors.NobodyGiven;

        await store.BlockAsync(userId, others, cancellationToken);
        foreach (var id in others) presences.UntrackStream(StreamId.Direct(userId, id));
    }

    private async ValueTask<Guid[]> FindAsync(
        IReadOnlyCollection<Guid> ids, IReadOnlyCollection<string> usernames, CancellationToken cancellationToken)
    {
        if (usernames.Count == 0) return [.. ids.Distinct()];
        return [.. ids.Union(await store.ResolveAsync(usernames, cancellationToken))];
    }

    /// <summary>Sends the notifications of a committed change, even if the caller has cancelled.</summary>
    private async ValueTask SendAsync(List<NotificationRequest> drafts)
    {
        if (drafts.Count > 0) await notifications.SendAsync(drafts, CancellationToken.None);
    }
}
