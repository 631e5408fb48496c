using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Matches;

/// <summary>Adds sessions to matches and removes them, and returns the presences that they meet.</summary>
public sealed class MatchMembers
{
    private static readonly PresenceMeta Plain = new(Hidden: false, Persistence: false, "");

    private readonly PresenceTracker _tracker;
    private readonly MatchCalls _calls;
    private readonly SessionOptions _options;

    internal MatchMembers(PresenceTracker tracker, MatchCalls calls, SessionOptions options) =>
        (_tracker, _calls, _options) = (tracker, calls, options);

    /// <summary>Creates a relayed match with the session as its only member.</summary>
    /// <exception cref="Realtime.RealtimeException">The session is closing or in too many streams.</exception>
    public async ValueTask<Match> CreateAsync(Session session, CancellationToken cancellationToken)
    {
        var stream = MatchStream.Relayed(Guid.NewGuid());
        if (!_tracker.Track(session, stream, Plain, out _)) throw MatchErrors.JoinFailed;
        await _tracker.SyncAsync(cancellationToken);
        return new Match { MatchId = MatchStream.IdOf(stream), Size = 1, Self = SelfIn(session, stream) };
    }

    /// <summary>Creates or joins the relayed match with a name.</summary>
    /// <exception cref="Realtime.RealtimeException">The session is closing or in too many streams.</exception>
    public async ValueTask<Match> CreateNamedAsync(Session session, string name, CancellationToken cancellationToken)
    {
        var stream = MatchStream.Relayed(NamedMatch.IdOf(name));
        if (!_tracker.Track(session, stream, Plain, out var isNew)) throw MatchErrors.JoinFailed;
        await _tracker.SyncAsync(cancellationToken);
        var match = new Match { MatchId = MatchStream.IdOf(stream), Self = SelfIn(session, stream) };
        // Clients expect that the size includes the caller here, unlike in the response to a join.
        match.Size = AddVisible(match, session, stream, isNew);
        return match;
    }

    /// <summary>Joins by id. The response contains the id in the spelling of the request.</summary>
    /// <param name="session">The session that joins.</param>
    /// <param name="matchId">The match.</param>
    /// <param name="metadata">The join metadata that is passed to the match handler.</param>
    /// <param name="mayRevive">Whether joining creates the relayed match when it has no members.</param>
    /// <param name="cancellationToken">The session's.</param>
    /// <exception cref="Realtime.RealtimeException">There is no such match, or it rejects the session.</exception>
    public ValueTask<Match> JoinAsync(
        Session session, string matchId, IReadOnlyDictionary<string, string> metadata, bool mayRevive, CancellationToken cancellationToken)
    {
        if (!NodeBoundId.TryParse(matchId, out var id, out var home)) throw MatchErrors.InvalidId;
        if (home.IsEmpty) return JoinRelayedAsync(session, matchId, MatchStream.Relayed(id), mayRevive, cancellationToken);
        return JoinAuthoritativeAsync(session, matchId, MatchStream.Authoritative(id, home.ToString()), metadata, cancellationToken);
    }

    /// <summary>Leaves the match; succeeds also when the session is not a member.</summary>
    /// <exception cref="Realtime.RealtimeException">The text is not a match id.</exception>
    public void Leave(Session session, string matchId)
    {
        if (!MatchStream.TryParse(matchId, out var stream)) throw MatchErrors.InvalidId;
        _tracker.Untrack(session, stream);
    }

    private async ValueTask<Match> JoinRelayedAsync(
        Session session, string matchId, StreamId stream, bool mayRevive, CancellationToken cancellationToken)
    {
        if (!mayRevive && !_tracker.Exists(stream))
        {
            // The match may just have been created on another node.
            await _tracker.SyncAsync(cancellationToken);
            if (!_tracker.Exists(stream)) throw MatchErrors.NotFound;
        }

        if (!_tracker.Track(session, stream, Plain, out var isNew)) throw MatchErrors.JoinFailed;
        if (isNew) LeaveOthers(session, stream);
        await _tracker.SyncAsync(cancellationToken);
        var match = new Match { MatchId = matchId, Self = SelfIn(session, stream) };
        AddVisible(match, session, stream, isNew);
        match.Size = match.Presences.Count;
        return match;
    }

    private async ValueTask<Match> JoinAuthoritativeAsync(
        Session session, string matchId, StreamId stream, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var admission = await _calls.AdmitAsync(session, stream, metadata, cancellationToken) ?? throw MatchErrors.NotFound;
        if (!admission.IsAllowed) throw MatchErrors.Rejected(admission.Reason);
        // Also for a session that has already joined: its presence may have been removed since.
        if (!_tracker.Track(session, stream, Plain, out var isNew))
        {
            _calls.Abandon(session, stream);
            throw MatchErrors.JoinFailed;
        }

        if (isNew) LeaveOthers(session, stream);
        await _tracker.SyncAsync(cancellationToken);
        var answer = new Match
        {
            MatchId = matchId,
            Authoritative = true,
            Label = admission.Label,
            Self = SelfIn(session, stream),
            Presences = { admission.Presences },
        };
        answer.Size = answer.Presences.Count;
        return answer;
    }

    private void LeaveOthers(Session session, in StreamId stream)
    {
        if (_options.SingleMatch) _tracker.UntrackByModes(session, StreamMode.RelayedMatch, StreamMode.AuthoritativeMatch, stream);
    }

    /// <summary>Adds the visible presences, except the session's own when it has just joined; returns the count with it.</summary>
    private int AddVisible(Match match, Session session, in StreamId stream, bool isNew)
    {
        var count = 0;
        foreach (var presence in _tracker.Snapshot(stream))
        {
            if (presence.Meta.Hidden) continue;
            count++;
            if (!isNew || !presence.IsOf(session)) match.Presences.Add(presence.Shown);
        }
        return count;
    }

    private static UserPresence SelfIn(Session session, in StreamId stream) =>
        new TrackedPresence(session, stream, Plain).Shown;
}
