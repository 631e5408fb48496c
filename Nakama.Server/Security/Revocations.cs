namespace Nakama.Server.Security;

/// <summary>
/// Revokes tokens: at once in the memory of this node, and in the database before the caller is told so, so that a node
/// that starts again still knows.
/// </summary>
public sealed class Revocations(RevocationCache cache, RevocationStore store)
{
    /// <summary>Revokes the session tokens of one login.</summary>
    public ValueTask RevokeSessionAsync(SessionToken token, CancellationToken cancellationToken)
    {
        cache.RevokeSession(token);
        return store.SaveAsync([token.UserId], RevocationKind.Session, token.Id, RevocationCache.End(token), cancellationToken);
    }

    /// <summary>Revokes the refresh tokens of one login.</summary>
    public ValueTask RevokeRefreshAsync(SessionToken token, CancellationToken cancellationToken)
    {
        cache.RevokeRefresh(token);
        return store.SaveAsync([token.UserId], RevocationKind.Refresh, token.Id, RevocationCache.End(token), cancellationToken);
    }

    /// <summary>Revokes every token of a user that was issued before this second.</summary>
    public ValueTask RevokeAllAsync(Guid userId, CancellationToken cancellationToken) =>
        store.SaveAsync([userId], RevocationKind.All, "", cache.RevokeAll(userId), cancellationToken);

    /// <summary>Revokes every token of users who were banned; session tokens of this second too.</summary>
    public ValueTask BanAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        var second = 0L;
        foreach (var userId in userIds) second = Math.Max(second, cache.Ban(userId));
        return userIds.Count == 0 ? default : store.SaveAsync(userIds, RevocationKind.Ban, "", second, cancellationToken);
    }

    /// <summary>
    /// Lets tokens of the second of a ban be good again, so that who is let in may sign in within it; those of before stay
    /// revoked.
    /// </summary>
    public ValueTask LiftBansAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        foreach (var userId in userIds) cache.LiftBan(userId);
        return userIds.Count == 0 ? default : store.LiftBansAsync(userIds, cancellationToken);
    }
}
