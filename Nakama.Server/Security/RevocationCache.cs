using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Nakama.Server.Security;

/// <summary>
/// The tokens of this node that were revoked before they expired. It lives in memory only. Times are whole seconds and
/// compared strictly, so that a token issued in the second of a revocation outlives it.
/// </summary>
public sealed class RevocationCache(SessionOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, Entry> _users = new();

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>How many users have something revoked.</summary>
    public int Count => _users.Count;

    /// <summary>Whether a session token is still good.</summary>
    public bool IsSessionValid(SessionToken token) =>
        !_users.TryGetValue(token.UserId, out var entry)
        || entry.Allows(token, options.TokenExpirySec, entry.Sessions);

    /// <summary>Whether a refresh token is still good.</summary>
    public bool IsRefreshValid(SessionToken token) =>
        !_users.TryGetValue(token.UserId, out var entry)
        || entry.Allows(token, options.RefreshTokenExpirySec, entry.Refreshes);

    /// <summary>Revokes the session tokens of one login.</summary>
    public void RevokeSession(SessionToken token) => Change(
        token.UserId, token, static (entry, t) => entry with { Sessions = entry.Sessions.SetItem(t.Id, t.Expiry + 1) });

    /// <summary>Revokes the refresh tokens of one login.</summary>
    public void RevokeRefresh(SessionToken token) => Change(
        token.UserId, token, static (entry, t) => entry with { Refreshes = entry.Refreshes.SetItem(t.Id, t.Expiry + 1) });

    /// <summary>Revokes every token of a user that was issued before this second.</summary>
    public void RevokeAll(Guid userId) => Change(
        userId, Now, static (entry, now) => now > entry.LastInvalidation ? Entry.None with { LastInvalidation = now } : entry);

    /// <summary>As <see cref="RevokeAll"/>, for a user who was banned. Lifting the ban does not bring tokens back.</summary>
    public void Ban(Guid userId) => Change(
        userId, Now, static (entry, now) => now > entry.LastInvalidation ? entry with { LastInvalidation = now } : entry);

    /// <summary>Forgets what can no longer matter.</summary>
    internal void Sweep()
    {
        var now = Now;
        var oldest = now - Math.Max(options.TokenExpirySec, options.RefreshTokenExpirySec);
        foreach (var (userId, entry) in _users)
        {
            // A change that comes between wins; the next round sees it.
            var swept = entry.Without(now);
            if (swept.Sessions.IsEmpty && swept.Refreshes.IsEmpty && swept.LastInvalidation < oldest)
                _users.TryRemove(KeyValuePair.Create(userId, entry));
            else if (!ReferenceEquals(swept, entry))
                _users.TryUpdate(userId, swept, entry);
        }
    }

    private void Change<TArgument>(Guid userId, TArgument argument, Func<Entry, TArgument, Entry> change) =>
        _users.AddOrUpdate(
            userId,
            static (_, state) => state.change(Entry.None, state.argument),
            static (_, entry, state) => state.change(entry, state.argument),
            (change, argument));

    /// <summary>What is revoked of one user: everything before a second, and the ids of single logins until they expire.</summary>
    private sealed record Entry(
        long LastInvalidation, ImmutableDictionary<string, long> Sessions, ImmutableDictionary<string, long> Refreshes)
    {
        public static readonly Entry None = new(0, ImmutableDictionary<string, long>.Empty, ImmutableDictionary<string, long>.Empty);

        public bool Allows(SessionToken token, int lifetimeSec, ImmutableDictionary<string, long> revoked)
        {
            if (LastInvalidation > 0 && token.Expiry - lifetimeSec < LastInvalidation) return false;
            return !revoked.ContainsKey(token.Id);
        }

        public Entry Without(long now)
        {
            var sessions = Unexpired(Sessions, now);
            var refreshes = Unexpired(Refreshes, now);
            return ReferenceEquals(sessions, Sessions) && ReferenceEquals(refreshes, Refreshes)
                ? this
                : this with { Sessions = sessions, Refreshes = refreshes };
        }

        // Equality of identity is what the dictionary's compare-and-swap needs.
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
