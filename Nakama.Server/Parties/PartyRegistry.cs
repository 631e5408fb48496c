using System.Collections.Concurrent;
using Nakama.Server.Cluster;
using Nakama.Server.Metrics;
using Nakama.Server.Presence;
using Nakama.Server.Search;
using Nakama.Server.Security;
using Nakama.Server.Sessions;

namespace Nakama.Server.Parties;

/// <summary>The parties of this node.</summary>
internal sealed class PartyRegistry : IPresenceListener
{
    internal const string OpenField = "open";
    internal const string HiddenField = "hidden";

    private readonly ConcurrentDictionary<Guid, PartyHandler> _parties = new();
    private readonly LabelIndex<PartyHandler> _index;
    private readonly PartyServices _services;
    private readonly SessionRegistry _sessions;
    private readonly LocalNode _node;
    private readonly TimeProvider _time;

    public PartyRegistry(PartyServices services, SessionRegistry sessions, LocalNode node, ServerMetrics metrics, TimeProvider time)
    {
        _time = time;
        _index = new(Describe);
        _services = services;
        _sessions = sessions;
        _node = node;
        metrics.Gauge("parties", () => _parties.Count);
    }

    /// <summary>How many parties there are.</summary>
    public int Count => _parties.Count;

    byte IPresenceListener.Mode => StreamMode.Party;

    bool IPresenceListener.ReplacesEvent => false;

    /// <summary>Makes a party that its creator leads. Null when the session is closing.</summary>
    public PartyHandler? Create(Session creator, int maxSize, PartySettings settings)
    {
        var stream = new StreamId(StreamMode.Party, Guid.NewGuid(), Guid.Empty, _node.Name);
        var party = new PartyHandler(this, _services, stream, maxSize, settings) { CreatedAt = _time.GetUtcNow() };
        // Before the first presence, which the tracker tells of.
        _parties[party.Stream.Subject] = party;
        if (!party.Begin(creator))
        {
            _parties.TryRemove(party.Stream.Subject, out _);
            return null;
        }
        _index.Add(party.Id, party);
        // It may have ended meanwhile, when it was not in the index yet.
        if (!_parties.ContainsKey(party.Stream.Subject)) _index.Remove(party.Id);
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

    public void OnSettingsChanged(PartyHandler party) => _index.Change(party.Id);

    public void OnStopped(PartyHandler party)
    {
        _parties.TryRemove(party.Stream.Subject, out _);
        _index.Remove(party.Id);
    }

    public void RefreshLabels() => _index.Refresh();

    /// <exception cref="SearchQueryException">A clause of the query cannot be run.</exception>
    public SearchPage<PartyHandler> Search(SearchRequest<PartyHandler> request) => _index.Search(request);

    /// <summary>How the index writes a truth.</summary>
    public static string FlagText(bool flag) => flag ? "T" : "F";

    void IPresenceListener.OnPresenceEvent(
        StreamId stream, IReadOnlyList<TrackedPresence> joins, IReadOnlyList<TrackedPresence> leaves, PresenceReason reason)
    {
        if (stream.Label == _node.Name && _parties.TryGetValue(stream.Subject, out var party)) party.OnPresences(joins, leaves);
    }

    private SearchDocument Describe(PartyHandler party)
    {
        var settings = party.Settings;
        return new SearchDocument()
            .Keyword("node", _node.Name)
            .Flag(OpenField, settings.IsOpen)
            .Flag(HiddenField, settings.IsHidden)
            .Number("max_size", party.Capacity)
            .Date("create_time", party.CreatedAt)
            .Json("label", settings.Label);
    }
}
