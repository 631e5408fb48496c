using Nakama.Server.Notifications;
using Nakama.Server.Presence;

namespace Nakama.Server.Friends;

/// <summary>What a user does with friends, and what those concerned notice of it.</summary>
public sealed class FriendActions(FriendStore store, NotificationSender notifications, PresenceTracker presences)
{
    /// <summary>Invites users, and accepts those who have invited the user. They are told.</summary>
    /// <param name="userId">Who adds.</param>
    /// <param name="username">The name that the others are told.</param>
    /// <param name="ids">Whom, by id.</param>
    /// <param name="usernames">Whom, by name; unknown names are left out.</param>
    /// <param name="metadata">JSON that the user keeps about them; empty for none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="Errors.ApiException">The user is among them, or nobody is left, or the user does not exist.</exception>
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
    /// Ends friendships, invitations of either side and the user's own blocks. Those who lose something by it are told.
    /// False when nobody is left to end anything with.
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

    /// <summary>Blocks users and ends the direct channels with them. They are not told.</summary>
    /// <exception cref="Errors.ApiException">The user is among them, or nobody is left, or the user does not exist.</exception>
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

    /// <summary>Tells what is committed, whether the caller waits for it or not.</summary>
    private async ValueTask SendAsync(List<NotificationRequest> drafts)
    {
        if (drafts.Count > 0) await notifications.SendAsync(drafts, CancellationToken.None);
    }
}
