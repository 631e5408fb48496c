using System.Collections.Concurrent;
using Nakama.Server.Cluster;
using Nakama.Server.Search;
using Entry = Nakama.Server.Cluster.Messages.PartyEntries.Types.Entry;
using ListingMessage = Nakama.Server.Cluster.Messages.PartyEntries;

namespace Nakama.Server.Parties;

/// <summary>
/// The parties of all nodes, indexed by their labels. Each node announces changes of its own parties to the others, and sends
/// all of its parties to a node that joins.
/// </summary>
internal sealed class PartyIndex : IBusFeature
{
    internal const string OpenField = "open";
    internal const string HiddenField = "hidden";

    private const int EntriesAtOnce = 256;
    private static readonly BusMessage<ListingMessage> Message = new(42);

    private readonly LabelIndex<IListedParty> _index = new(Describe);
    private readonly ConcurrentDictionary<string, PartyHandler> _own = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RemoteParty> _others = new(StringComparer.Ordinal);
    private readonly NodeDirectory _nodes;
    private readonly MessageBus _bus;

    public PartyIndex(NodeDirectory nodes, MessageBus bus) => (_nodes, _bus) = (nodes, bus);

    public void Add(PartyHandler party)
    {
        _own[party.Id] = party;
        _index.Add(party.Id, party);
        Tell(party);
    }

    public void Change(PartyHandler party)
    {
        _index.Change(party.Id);
        Tell(party);
    }

    public void Remove(PartyHandler party)
    {
        if (!_own.TryRemove(party.Id, out _)) return;
        _index.Remove(party.Id);
        if (!_bus.IsAlone) _bus.Broadcast(Message, new ListingMessage { Ended = { party.Id } });
    }

    public void Refresh() => _index.Refresh();

    /// <exception cref="SearchQueryException">A clause of the query cannot be run.</exception>
    public SearchPage<IListedParty> Search(SearchRequest<IListedParty> request) => _index.Search(request);

    /// <summary>The form of a boolean in the index.</summary>
    public static string FlagText(bool flag) => flag ? "T" : "F";

    void IBusFeature.Map(BusMap map)
    {
        map.On(Message, (from, message) => Apply(_nodes.NameOf(from), message));
        map.OnJoined(TellAll);
        map.OnLeft(node => RemoveAll(_nodes.NameOf(node)));
        map.OnReset(node =>
        {
            RemoveAll(_nodes.NameOf(node));
            TellAll(node);
        });
    }

    private static SearchDocument Describe(IListedParty party)
    {
        var settings = party.Settings;
        return new SearchDocument()
            .Keyword("node", party.Node)
            .Flag(OpenField, settings.IsOpen)
            .Flag(HiddenField, settings.IsHidden)
            .Number("max_size", party.Capacity)
            .Date("create_time", party.CreatedAt)
            .Json("label", settings.Label);
    }

    private static Entry EntryOf(PartyHandler party)
    {
        var settings = party.Settings;
        return new Entry
        {
            PartyId = party.Id,
            Open = settings.IsOpen,
            Hidden = settings.IsHidden,
            MaxSize = party.Capacity,
            Label = settings.Label,
            CreatedAtTicks = party.CreatedAt.UtcTicks,
        };
    }

    private void Tell(PartyHandler party)
    {
        if (!_bus.IsAlone) _bus.Broadcast(Message, new ListingMessage { Entries = { EntryOf(party) } });
    }

    private void TellAll(NodeId node)
    {
        foreach (var parties in _own.Values.Chunk(EntriesAtOnce))
            _bus.Tell(node, Message, new ListingMessage { Entries = { parties.Select(EntryOf) } });
    }

    private void Apply(string node, ListingMessage message)
    {
        foreach (var entry in message.Entries)
        {
            var settings = new PartySettings(entry.Open, entry.Hidden, entry.Label);
            if (_others.TryGetValue(entry.PartyId, out var known))
            {
                known.Settings = settings;
                _index.Change(entry.PartyId);
                continue;
            }

            var party = new RemoteParty(entry.PartyId, node, entry.MaxSize, new DateTimeOffset(entry.CreatedAtTicks, TimeSpan.Zero), settings);
            _others[entry.PartyId] = party;
            _index.Add(party.Id, party);
        }

        foreach (var id in message.Ended) Remove(id);
    }

    private void RemoveAll(string node)
    {
        foreach (var (id, party) in _others)
        {
            if (party.Node == node) Remove(id);
        }
    }

    private void Remove(string id)
    {
        if (_others.TryRemove(id, out _)) _index.Remove(id);
    }
}
