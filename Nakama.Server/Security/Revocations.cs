namespace Nakama.Server.Security;

/// <summary>
/// Revokes tokens: at once in the memory of this node, soon in that of others, and in the database before the caller is told so, so that a node
/// that starts again still knows.
/// </summary>
public sealed class Revocations(RevocationCache cache, RevocationStore store)
{
    /// <summary>Something was revoked through this node: users, kind, token, second.</summary>
    internal event Action<IReadOnlyCollection<Guid>, RevocationKind, string, long>? Revoked;

    /// <summary>Bans were lifted through this node.</summary>
    internal event Action<IReadOnlyCollection<Guid>>? BansLifted;

    /// <summary>Revokes the session tokens of one login.</summary>
    public ValueTask RevokeSessionAsync(SessionToken token, CancellationToken cancellationToken)
    {
        cache.RevokeSession(token);
        return SaveAsync([token.UserId], RevocationKind.Session, token.Id, RevocationCache.End(token), cancellationToken);
    }

    /// <summary>Revokes the refresh tokens of one login.</summary>
    public ValueTask RevokeRefreshAsync(SessionToken token, CancellationToken cancellationToken)
    {
        cache.RevokeRefresh(token);
        return SaveAsync([token.UserId], RevocationKind.Refresh, token.Id, RevocationCache.End(token), cancellationToken);
    }

    /// <summary>Revokes every token of a user that was issued before this second.</summary>
    public ValueTask RevokeAllAsync(Guid userId, CancellationToken cancellationToken) =>
        SaveAsync([userId], RevocationKind.All, "", cache.RevokeAll(userId), cancellationToken);

    /// <summary>Revokes every token of users who were banned; session tokens of this second too.</summary>
    public ValueTask BanAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        var second = 0L;
        foreach (var userId in userIds) second = Math.Max(second, cache.Ban(userId));
        return userIds.Count == 0 ? default : SaveAsync(userIds, RevocationKind.Ban, "", second, cancellationToken);
    }

    /// <summary>
    /// Lets tokens of the second of a ban be good again, so that who is let in may sign in within it; those of before stay
    /// revoked.
    /// </summary>
    public ValueTask LiftBansAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        foreach (var userId in userIds) cache.LiftBan(userId);
        if (userIds.Count == 0) return default;
        BansLifted?.Invoke(userIds);
        return store.LiftBansAsync(userIds, cancellationToken);
    }

    /// <summary>Other nodes hear of it at once, not only when it is stored.</summary>
    private ValueTask SaveAsync(
        IReadOnlyCollection<Guid> userIds, RevocationKind kind, string tokenId, long second, CancellationToken cancellationToken)
    {
        Revoked?.Invoke(userIds, kind, tokenId, second);
        return store.SaveAsync(userIds, kind, tokenId, second, cancellationToken);
    }
}
