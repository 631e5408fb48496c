using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Matches;

/// <summary>Adds sessions to matches and removes them, and returns the presences that they meet.</summary>
public sealed class MatchMembers(PresenceTracker tracker, MatchRegistry registry, LocalNode node, SessionOptions options)
{
    private static readonly PresenceMeta Plain = new(Hidden: false, Persistence: false, "");

    /// <summary>Creates a relayed match with the session as its only member.</summary>
    /// <exception cref="Realtime.RealtimeException">The session is closing or in too many streams.</exception>
    public async ValueTask<Match> CreateAsync(Session session, CancellationToken cancellationToken)
    {
        var stream = MatchStream.Relayed(Guid.NewGuid());
        if (!tracker.Track(session, stream, Plain, out _)) throw MatchErrors.JoinFailed;
        await tracker.SyncAsync(cancellationToken);
        return new Match { MatchId = MatchStream.IdOf(stream), Size = 1, Self = SelfIn(session, stream) };
    }

    /// <summary>Creates or joins the relayed match with a name.</summary>
    /// <exception cref="Realtime.RealtimeException">The session is closing or in too many streams.</exception>
    public async ValueTask<Match> CreateNamedAsync(Session session, string name, CancellationToken cancellationToken)
    {
        var stream = MatchStream.Relayed(NamedMatch.IdOf(name));
        if (!tracker.Track(session, stream, Plain, out var isNew)) throw MatchErrors.JoinFailed;
        await tracker.SyncAsync(cancellationToken);
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
        if (!home.SequenceEqual(node.Name) || registry.Find(id) is not { } match) throw MatchErrors.NotFound;
        return JoinAuthoritativeAsync(session, matchId, match, metadata, cancellationToken);
    }

    /// <summary>Leaves the match; succeeds also when the session is not a member.</summary>
    /// <exception cref="Realtime.RealtimeException">The text is not a match id.</exception>
    public void Leave(Session session, string matchId)
    {
        if (!MatchStream.TryParse(matchId, out var stream)) throw MatchErrors.InvalidId;
        tracker.Untrack(session, stream);
    }

    private async ValueTask<Match> JoinRelayedAsync(
        Session session, string matchId, StreamId stream, bool mayRevive, CancellationToken cancellationToken)
    {
        if (!mayRevive && !tracker.Exists(stream))
        {
            // The match may just have been created on another node.
            await tracker.SyncAsync(cancellationToken);
            if (!tracker.Exists(stream)) throw MatchErrors.NotFound;
        }

        if (!tracker.Track(session, stream, Plain, out var isNew)) throw MatchErrors.JoinFailed;
        if (isNew) LeaveOthers(session, stream);
        await tracker.SyncAsync(cancellationToken);
        var match = new Match { MatchId = matchId, Self = SelfIn(session, stream) };
        AddVisible(match, session, stream, isNew);
        match.Size = match.Presences.Count;
        return match;
    }

    private async ValueTask<Match> JoinAuthoritativeAsync(
        Session session, string matchId, IAuthoritativeMatch match, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var admission = await match.AdmitAsync(session, metadata, cancellationToken);
        if (!admission.IsAllowed) throw MatchErrors.Rejected(admission.Reason);
        var stream = MatchStream.Authoritative(match.Id, node.Name);
        if (admission.IsNew)
        {
            if (!tracker.Track(session, stream, Plain, out _)) throw MatchErrors.JoinFailed;
            LeaveOthers(session, stream);
        }

        var answer = new Match
        {
            MatchId = matchId,
            Authoritative = true,
            Label = match.Label,
            Self = SelfIn(session, stream),
            Presences = { admission.Presences },
        };
        answer.Size = answer.Presences.Count;
        return answer;
    }

    private void LeaveOthers(Session session, in StreamId stream)
    {
        if (options.SingleMatch) tracker.UntrackByModes(session, StreamMode.RelayedMatch, StreamMode.AuthoritativeMatch, stream);
    }

    /// <summary>Adds the visible presences, except the session's own when it has just joined; returns the count with it.</summary>
    private int AddVisible(Match match, Session session, in StreamId stream, bool isNew)
    {
        var count = 0;
        foreach (var presence in tracker.Snapshot(stream))
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
