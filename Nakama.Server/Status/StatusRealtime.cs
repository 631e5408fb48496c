using System.Text;
using Nakama.Protocol.Realtime;
using Nakama.Server.Presence;
using Nakama.Server.Realtime;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Npgsql;
using StatusMessage = Nakama.Protocol.Realtime.Status;

namespace Nakama.Server.Status;

/// <summary>Follows other users' status and sets the user's own.</summary>
internal sealed class StatusRealtime(
    StatusStore store, StatusRegistry registry, PresenceTracker tracker, ILogger<StatusRealtime> logger) : IRealtimeFeature
{
    private const int MaxStatusBytes = 2048;

    public void Map(RealtimeMap realtime)
    {
        realtime.Map(Envelope.MessageOneofCase.StatusFollow, FollowAsync);
        realtime.Map(Envelope.MessageOneofCase.StatusUnfollow, Unfollow);
        realtime.Map(Envelope.MessageOneofCase.StatusUpdate, UpdateAsync);
    }

    private ValueTask<Envelope?> FollowAsync(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var follow = request.StatusFollow;
        HashSet<Guid> userIds = [];
        foreach (var text in follow.UserIds)
        {
            if (!UuidText.TryParse(text, out var userId)) throw StatusErrors.InvalidUserId;
            if (userId != session.UserId && userId != Guid.Empty) userIds.Add(userId);
        }

        HashSet<string> usernames = new(StringComparer.Ordinal);
        foreach (var username in follow.Usernames)
        {
            if (username.Length == 0) throw StatusErrors.InvalidUsername;
            if (username != session.Username) usernames.Add(username);
        }

        if (userIds.Count == 0 && usernames.Count == 0) return new(new Envelope { Status = new StatusMessage() });
        // No stored name contains this character, and the database does not accept it in text.
        usernames.RemoveWhere(static name => name.Contains('\0'));
        return FollowFoundAsync(session, [.. userIds], [.. usernames], cancellationToken);
    }

    private async ValueTask<Envelope?> FollowFoundAsync(
        Session session, Guid[] userIds, string[] usernames, CancellationToken cancellationToken)
    {
        List<Guid> found;
        try
        {
            found = await store.FindAsync(userIds, usernames, cancellationToken);
        }
        catch (NpgsqlException e)
        {
            StatusLog.LookupFailed(logger, e);
            throw StatusErrors.UsersUnavailable;
        }

        found.RemoveAll(userId => userId == session.UserId || userId == Guid.Empty);
        registry.Follow(session, found);
        await tracker.SyncAsync(cancellationToken);
        var status = new StatusMessage();
        foreach (var userId in found)
        {
            foreach (var presence in tracker.List(new StreamId(StreamMode.Status, userId)))
            {
                if (!presence.Meta.Hidden) status.Presences.Add(presence.ToUserPresence());
            }
        }
        return new Envelope { Status = status };
    }

    private ValueTask<Envelope?> Unfollow(Session session, Envelope request, CancellationToken cancellationToken)
    {
        HashSet<Guid> userIds = [];
        foreach (var text in request.StatusUnfollow.UserIds)
        {
            if (!UuidText.TryParse(text, out var userId)) throw StatusErrors.InvalidUserId;
            userIds.Add(userId);
        }
        registry.Unfollow(session, [.. userIds]);
        return new(new Envelope());
    }

    private async ValueTask<Envelope?> UpdateAsync(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var stream = new StreamId(StreamMode.Status, session.UserId);
        if (request.StatusUpdate.Status is not { } status)
        {
            tracker.Untrack(session, stream);
        }
        else
        {
            if (Encoding.UTF8.GetByteCount(status) > MaxStatusBytes) throw StatusErrors.StatusTooLong;
            if (!tracker.Update(session, stream, new PresenceMeta(Hidden: false, Persistence: false, status))) throw StatusErrors.NotTracked;
        }

        await tracker.SyncAsync(cancellationToken);
        return new Envelope();
    }
}
