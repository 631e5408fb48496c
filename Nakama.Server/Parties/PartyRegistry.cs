using System.Collections.Concurrent;
using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Metrics;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;

namespace Nakama.Server.Parties;

/// <summary>The parties of this node. Their members may be sessions of any node.</summary>
internal sealed class PartyRegistry : IPresenceListener, IBusFeature
{
    private readonly ConcurrentDictionary<Guid, PartyHandler> _parties = new();
    private readonly PartyServices _services;
    private readonly PartyIndex _index;
    private readonly LocalNode _node;
    private readonly TimeProvider _time;

    public PartyRegistry(PartyServices services, PartyIndex index, LocalNode node, ServerMetrics metrics, TimeProvider time)
    {
        _time = time;
        _services = services;
        _index = index;
        _node = node;
        metrics.Gauge("parties", () => _parties.Count);
    }

    /// <summary>The number of parties.</summary>
    public int Count => _parties.Count;

    /// <summary>The parties; those that begin or end meanwhile may or may not be included.</summary>
    public IEnumerable<PartyHandler> All => _parties.Select(static party => party.Value);

    byte IPresenceListener.Mode => StreamMode.Party;

    bool IPresenceListener.ReplacesEvent => false;

    /// <summary>Creates a party with its creator as leader. Null when the session is closing.</summary>
    public PartyHandler? Create(Session creator, int maxSize, PartySettings settings)
    {
        var stream = new StreamId(StreamMode.Party, Guid.NewGuid(), Guid.Empty, _node.Name);
        var party = new PartyHandler(this, _services, stream, maxSize, settings) { CreatedAt = _time.GetUtcNow() };
        // Must precede the first presence, which the tracker reports to the registered party.
        _parties[party.Stream.Subject] = party;
        if (!party.Begin(creator))
        {
            _parties.TryRemove(party.Stream.Subject, out _);
            return null;
        }
        _index.Add(party);
        // The party may have stopped before it was listed.
        if (!_parties.ContainsKey(party.Stream.Subject)) _index.Remove(party);
        return party;
    }

    /// <summary>Null when there is no such party on this node.</summary>
    /// <exception cref="Realtime.RealtimeException">The text is not a party id.</exception>
    public PartyHandler? Find(string partyId)
    {
        if (!NodeBoundId.TryParse(partyId, out var id, out var home)) throw PartyErrors.InvalidId;
        return home.SequenceEqual(_node.Name) ? _parties.GetValueOrDefault(id) : null;
    }

    /// <summary>Stops the parties that have no presences and have had no activity since the last check.</summary>
    public void StopIdle()
    {
        foreach (var (_, party) in _parties) party.StopIfIdle();
    }

    public void OnSettingsChanged(PartyHandler party) => _index.Change(party);

    public void OnStopped(PartyHandler party)
    {
        _parties.TryRemove(party.Stream.Subject, out _);
        _index.Remove(party);
    }

    public void RefreshLabels() => _index.Refresh();

    void IPresenceListener.OnPresenceEvent(
        StreamId stream, IReadOnlyList<TrackedPresence> joins, IReadOnlyList<TrackedPresence> leaves, PresenceReason reason)
    {
        if (stream.Label != _node.Name) return;
        if (_parties.TryGetValue(stream.Subject, out var party))
        {
            party.OnPresences(joins, leaves);
            return;
        }

        // The party stopped while another node was adding the presence of a session.
        foreach (var join in joins)
        {
            if (!join.IsLocal) _services.Presences.Untrack(join);
        }
    }

    void IBusFeature.Map(BusMap map) => map.OnLeft(node =>
    {
        foreach (var (_, party) in _parties) party.ReleaseSlots(node);
        EndPartiesOf(_services.Nodes.NameOf(node));
    });

    /// <summary>Sends <c>party_close</c> to the local members of parties whose node is lost.</summary>
    private void EndPartiesOf(string node)
    {
        foreach (var (stream, _) in _services.Tracker.ListStreams(StreamMode.Party))
        {
            if (stream.Label != node) continue;
            var payload = new EncodedMessage(new Envelope { PartyClose = new PartyClose { PartyId = NodeBoundId.Format(stream.Subject, node) } });
            foreach (var presence in _services.Tracker.Snapshot(stream))
            {
                if (presence.IsLocal) presence.Address.TrySend(payload);
            }

            _services.Tracker.ClearStream(stream);
        }
    }
}
