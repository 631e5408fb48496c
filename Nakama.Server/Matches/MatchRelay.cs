using Google.Protobuf.Collections;
using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Presence;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;

namespace Nakama.Server.Matches;

/// <summary>
/// Relays the data that players send to their match, or passes it to the match handler. It sends no responses: data that cannot be delivered is dropped, and only
/// an invalid id is refused.
/// </summary>
internal sealed class MatchRelay(PresenceTracker tracker, MessageRouter router, MatchCalls calls)
{
    private const int FewTargets = 8;

    /// <exception cref="Realtime.RealtimeException">The text is not a match id.</exception>
    public void Send(Session session, MatchDataSend data)
    {
        if (!NodeBoundId.TryParse(data.MatchId, out var id, out var home)) throw MatchErrors.InvalidIdOfData;
        if (home.IsEmpty) Relay(session, MatchStream.Relayed(id), data);
        else calls.Send(session, id, home, data);
    }

    private void Relay(Session session, in StreamId stream, MatchDataSend data)
    {
        var members = tracker.Snapshot(stream, out var remoteNodes);
        TrackedPresence? sender = null;
        foreach (var member in members)
        {
            if (ReferenceEquals(member.Address, session)) sender = member;
        }
        if (sender is null) return;

        if (data.Presences.Count > 0)
        {
            SendToTargets(members, sender, data);
            return;
        }

        if (members.Length > 1) router.SendToMembers(members, remoteNodes, stream, MessageOf(sender, data), except: session);
    }

    /// <summary>Sends to the named members, which are identified by session only; to the sender too, if named.</summary>
    private void SendToTargets(ReadOnlySpan<TrackedPresence> members, TrackedPresence sender, MatchDataSend data)
    {
        var named = data.Presences;
        Fanout? fanout = null;
        if (named.Count <= FewTargets)
        {
            Span<Guid> few = stackalloc Guid[FewTargets];
            for (var i = 0; i < named.Count; i++)
            {
                if (!TryRead(named[i], out few[i])) return;
            }
            few = few[..named.Count];
            foreach (var member in members)
            {
                if (few.Contains(member.SessionId)) Add(member);
            }
        }
        else
        {
            if (ReadAll(named) is not { } many) return;
            foreach (var member in members)
            {
                if (many.Contains(member.SessionId)) Add(member);
            }
        }

        if (fanout is { } begun) router.Finish(begun);

        // The message is created only when there is a receiver.
        void Add(TrackedPresence member)
        {
            var next = fanout ?? new Fanout(new EncodedMessage(MessageOf(sender, data)));
            next.Add(member.Address);
            fanout = next;
        }
    }

    private static HashSet<Guid>? ReadAll(RepeatedField<UserPresence> named)
    {
        HashSet<Guid> sessionIds = new(named.Count);
        foreach (var presence in named)
        {
            if (!TryRead(presence, out var sessionId)) return null;
            sessionIds.Add(sessionId);
        }
        return sessionIds;
    }

    private static bool TryRead(UserPresence presence, out Guid sessionId) =>
        UuidText.TryParse(presence.SessionId, out sessionId) && UuidText.TryParse(presence.UserId, out _);

    private static Envelope MessageOf(TrackedPresence sender, MatchDataSend data) => new()
    {
        MatchData = new MatchData
        {
            MatchId = data.MatchId,
            Presence = sender.Shown,
            OpCode = data.OpCode,
            Data = data.Data,
            Reliable = data.Reliable,
        },
    };
}
