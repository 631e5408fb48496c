namespace Nakama.Server.Security;

/// <summary>
/// Revokes tokens: immediately in the memory of this node, soon after in that of others, and in the database before the call
/// returns, so that the revocation survives a restart of the node.
/// </summary>
public sealed class Revocations(RevocationCache cache, RevocationStore store)
{
    /// <summary>Raised for a revocation on this node: users, kind, token, second.</summary>
    internal event Action<IReadOnlyCollection<Guid>, RevocationKind, string, long>? Revoked;

    /// <summary>Raised when bans were lifted on this node.</summary>
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

    /// <summary>Revokes every token of banned users, including session tokens of this second.</summary>
    public ValueTask BanAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        var second = 0L;
        foreach (var userId in userIds) second = Math.Max(second, cache.Ban(userId));
        return userIds.Count == 0 ? default : SaveAsync(userIds, RevocationKind.Ban, "", second, cancellationToken);
    }

    /// <summary>
    /// Makes tokens of the second of a ban valid again, so that an unbanned user may sign in within it; earlier ones stay
    /// revoked.
    /// </summary>
    public ValueTask LiftBansAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        foreach (var userId in userIds) cache.LiftBan(userId);
        if (userIds.Count == 0) return default;
        BansLifted?.Invoke(userIds);
        return store.LiftBansAsync(userIds, cancellationToken);
    }

    /// <summary>Other nodes are notified immediately, not only when it is stored.</summary>
    private ValueTask SaveAsync(
        IReadOnlyCollection<Guid> userIds, RevocationKind kind, string tokenId, long second, CancellationToken cancellationToken)
    {
        Revoked?.Invoke(userIds, kind, tokenId, second);
        return store.SaveAsync(userIds, kind, tokenId, second, cancellationToken);
    }
}
