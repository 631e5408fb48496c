using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Server.Wire.Realtime;

namespace Nakama.Server.Streams;

/// <summary>Delivers messages: resolves the receivers once, encodes once per format, never waits for a socket.</summary>
public sealed class MessageRouter(PresenceTracker tracker, SessionRegistry sessions)
{
    /// <summary>Sends to everyone in a stream, hidden presences included, except one session when given.</summary>
    public void SendToStream(in StreamId stream, Envelope envelope, Session? except = null)
    {
        var receivers = tracker.Snapshot(stream);
        if (receivers.IsEmpty) return;
        var payload = new SharedPayload(envelope);
        foreach (var presence in receivers)
        {
            if (presence.Session != except) presence.Session.TrySend(payload);
        }
    }

    /// <summary>Sends to the listed presences; closed sessions are skipped.</summary>
    public void SendToPresences(ReadOnlySpan<TrackedPresence> presences, Envelope envelope)
    {
        if (presences.IsEmpty) return;
        var payload = new SharedPayload(envelope);
        foreach (var presence in presences) presence.Session.TrySend(payload);
    }

    /// <summary>Sends to the listed sessions; unknown ones are skipped.</summary>
    public void SendToSessions(ReadOnlySpan<Guid> sessionIds, Envelope envelope)
    {
        if (sessionIds.IsEmpty) return;
        var payload = new SharedPayload(envelope);
        foreach (var id in sessionIds) sessions.Find(id)?.TrySend(payload);
    }

    /// <summary>Sends to every session of the node.</summary>
    public void SendToAll(Envelope envelope)
    {
        var payload = new SharedPayload(envelope);
        foreach (var session in sessions.All) session.TrySend(payload);
    }
}
