using System.Collections.Concurrent;
using Nakama.Server.Cluster;
using Nakama.Server.Metrics;
using Nakama.Server.Presence;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;

namespace Nakama.Server.Parties;

/// <summary>The parties of this node.</summary>
internal sealed class PartyRegistry : IPresenceListener
{
    private readonly ConcurrentDictionary<Guid, PartyHandler> _parties = new();
    private readonly PresenceTracker _tracker;
    private readonly MessageRouter _router;
    private readonly SessionRegistry _sessions;
    private readonly LocalNode _node;

    public PartyRegistry(PresenceTracker tracker, MessageRouter router, SessionRegistry sessions, LocalNode node, ServerMetrics metrics)
    {
        _tracker = tracker;
        _router = router;
        _sessions = sessions;
        _node = node;
        metrics.Gauge("parties", () => _parties.Count);
    }

    byte IPresenceListener.Mode => StreamMode.Party;

    bool IPresenceListener.ReplacesEvent => false;

    /// <summary>Makes a party that its creator leads. Null when the session is closing.</summary>
    public PartyHandler? Create(Session creator, int maxSize, PartySettings settings)
    {
        var stream = new StreamId(StreamMode.Party, Guid.NewGuid(), Guid.Empty, _node.Name);
        var party = new PartyHandler(this, _tracker, _router, stream, maxSize, settings);
        // Before the first presence, which the tracker tells of.
        _parties[party.Stream.Subject] = party;
        if (!party.Begin(creator))
        {
            _parties.TryRemove(party.Stream.Subject, out _);
            return null;
        }
        return party;
    }

    /// <summary>Null when there is no such party on this node.</summary>
    /// <exception cref="Realtime.RealtimeError">The text is no id of a party.</exception>
    public PartyHandler? Find(string partyId)
    {
        if (!NodeBoundId.TryParse(partyId, out var id, out var home)) throw PartyErrors.InvalidId;
        return home.SequenceEqual(_node.Name) ? _parties.GetValueOrDefault(id) : null;
    }

    public Session? FindSession(string sessionId) => UuidText.TryParse(sessionId, out var id) ? _sessions.Find(id) : null;

    /// <summary>Ends the parties that nobody has been in, and in which nothing has happened, since the last time.</summary>
    public void StopIdle()
    {
        foreach (var (_, party) in _parties) party.StopIfIdle();
    }

    public void OnStopped(PartyHandler party) => _parties.TryRemove(party.Stream.Subject, out _);

    void IPresenceListener.OnPresenceEvent(
        StreamId stream, IReadOnlyList<TrackedPresence> joins, IReadOnlyList<TrackedPresence> leaves, PresenceReason reason)
    {
        if (stream.Label == _node.Name && _parties.TryGetValue(stream.Subject, out var party)) party.OnPresences(joins, leaves);
    }
}
