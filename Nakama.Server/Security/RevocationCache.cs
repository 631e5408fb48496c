using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Nakama.Server.Security;

/// <summary>
/// This node's copy of the tokens that were revoked before they expired. Times are whole seconds and compared
/// strictly, so that a token issued in the second of a revocation stays valid; a ban also revokes session tokens of that second.
/// </summary>
public sealed class RevocationCache(SessionOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, Entry> _users = new();

    internal long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Revocations of all tokens before this second have no effect any more, as those tokens have expired.</summary>
    internal long Oldest => Now - Math.Max(options.TokenExpirySec, options.RefreshTokenExpirySec);

    /// <summary>The number of users with revocations.</summary>
    public int Count => _users.Count;

    /// <summary>Whether a session token is not revoked.</summary>
    public bool IsSessionValid(SessionToken token) =>
        !_users.TryGetValue(token.UserId, out var entry)
        || (entry.Allows(token, options.TokenExpirySec, entry.Sessions) && !entry.IsBanned(token, options.TokenExpirySec));

    /// <summary>Whether a refresh token is not revoked.</summary>
    public bool IsRefreshValid(SessionToken token) =>
        !_users.TryGetValue(token.UserId, out var entry)
        || entry.Allows(token, options.RefreshTokenExpirySec, entry.Refreshes);

    /// <summary>Revokes the session tokens of one login.</summary>
    public void RevokeSession(SessionToken token) => Change(
        token.UserId, token, static (entry, t) => entry with { Sessions = entry.Sessions.SetItem(t.Id, End(t)) });

    /// <summary>Revokes the refresh tokens of one login.</summary>
    public void RevokeRefresh(SessionToken token) => Change(
        token.UserId, token, static (entry, t) => entry with { Refreshes = entry.Refreshes.SetItem(t.Id, End(t)) });

    /// <summary>Revokes every token of a user that was issued before this second, which is returned.</summary>
    public long RevokeAll(Guid userId) => Change(
        userId, Now, static (entry, now) => now > entry.LastInvalidation ? Entry.None with { LastInvalidation = now, BannedAt = entry.BannedAt } : entry)
        .LastInvalidation;

    /// <summary>
    /// As <see cref="RevokeAll"/>, for a banned user: session tokens of logins that began in this second end too, until
    /// the ban is lifted. Lifting it does not make earlier tokens valid again.
    /// </summary>
    public long Ban(Guid userId) => Change(userId, Now, static (entry, now) => entry.Banned(now)).BannedAt;

    /// <summary>Reverts what a ban has revoked beyond <see cref="RevokeAll"/>.</summary>
    public void LiftBan(Guid userId)
    {
        if (_users.ContainsKey(userId)) Change(userId, 0, static (entry, _) => entry with { BannedAt = 0 });
    }

    /// <summary>Lifts a ban of a second, but no later one.</summary>
    internal void LiftBan(Guid userId, long second)
    {
        if (_users.ContainsKey(userId)) Change(userId, second, static (entry, second) => entry.BannedAt == second ? entry with { BannedAt = 0 } : entry);
    }

    /// <summary>The users who were banned before a second, and when.</summary>
    internal List<(Guid UserId, long Second)> BansBefore(long second) =>
        [.. _users.Where(user => user.Value.BannedAt is > 0 and var at && at < second).Select(static user => (user.Key, user.Value.BannedAt))];

    /// <summary>The time at which the revocation of a single login can be forgotten.</summary>
    internal static long End(SessionToken token) => token.Expiry < long.MaxValue ? token.Expiry + 1 : long.MaxValue;

    /// <summary>Loads what was revoked before this node started.</summary>
    internal void Restore(Guid userId, RevocationKind kind, string tokenId, long second) => Change(
        userId, (kind, tokenId, second), static (entry, row) => row.kind switch
        {
            RevocationKind.All => entry with { LastInvalidation = Math.Max(entry.LastInvalidation, row.second) },
            RevocationKind.Ban => entry.Banned(row.second),
            RevocationKind.Session => entry with { Sessions = entry.Sessions.SetItem(row.tokenId, row.second) },
            RevocationKind.Refresh => entry with { Refreshes = entry.Refreshes.SetItem(row.tokenId, row.second) },
            _ => entry,
        });

    /// <summary>Removes entries that no longer have an effect.</summary>
    internal void Sweep()
    {
        var now = Now;
        var oldest = Oldest;
        foreach (var (userId, entry) in _users)
        {
            // A concurrent change takes precedence; the next sweep processes it.
            var swept = entry.Without(now);
            if (swept.Sessions.IsEmpty && swept.Refreshes.IsEmpty && swept.LastInvalidation < oldest)
                _users.TryRemove(KeyValuePair.Create(userId, entry));
            else if (!ReferenceEquals(swept, entry))
                _users.TryUpdate(userId, swept, entry);
        }
    }

    private Entry Change<TArgument>(Guid userId, TArgument argument, Func<Entry, TArgument, Entry> change) =>
        _users.AddOrUpdate(
            userId,
            static (_, state) => state.change(Entry.None, state.argument),
            static (_, entry, state) => state.change(entry, state.argument),
            (change, argument));

    /// <summary>
    /// The revocations of one user: everything before a second, and the ids of single logins until they expire.
    /// </summary>
    private sealed record Entry(
        long LastInvalidation, long BannedAt, ImmutableDictionary<string, long> Sessions, ImmutableDictionary<string, long> Refreshes)
    {
        public static readonly Entry None = new(0, 0, ImmutableDictionary<string, long>.Empty, ImmutableDictionary<string, long>.Empty);

        public bool Allows(SessionToken token, int lifetimeSec, ImmutableDictionary<string, long> revoked)
        {
            if (LastInvalidation > 0 && token.Expiry - lifetimeSec < LastInvalidation) return false;
            return !revoked.ContainsKey(token.Id);
        }

        public Entry Banned(long second) => this with
        {
            LastInvalidation = Math.Max(LastInvalidation, second),
            BannedAt = Math.Max(BannedAt, second),
        };

        /// <summary>
        /// Whether the login began no later than a ban. Tokens with a custom lifetime are judged by their time of issue.
        /// </summary>
        public bool IsBanned(SessionToken token, int lifetimeSec) =>
            BannedAt > 0 && (token.IssuedAt > 0 ? token.IssuedAt : token.Expiry - lifetimeSec) <= BannedAt;

        public Entry Without(long now)
        {
            var sessions = Unexpired(Sessions, now);
            var refreshes = Unexpired(Refreshes, now);
            return ReferenceEquals(sessions, Sessions) && ReferenceEquals(refreshes, Refreshes)
                ? this
                : this with { Sessions = sessions, Refreshes = refreshes };
        }

        // The dictionary's compare-and-swap needs reference equality.
        public bool Equals(Entry? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        private static ImmutableDictionary<string, long> Unexpired(ImmutableDictionary<string, long> ids, long now)
        {
            var left = ids.ToBuilder();
            foreach (var (id, expiry) in ids)
            {
                if (expiry <= now) left.Remove(id);
            }

            return left.Count == ids.Count ? ids : left.ToImmutable();
        }
    }
}
