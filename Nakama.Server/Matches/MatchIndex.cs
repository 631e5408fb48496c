using System.Collections.Concurrent;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Presence;
using Nakama.Server.Search;

namespace Nakama.Server.Matches;

/// <summary>
/// The authoritative matches of all nodes, indexed by their labels. Each node announces the changes of its own matches to the
/// others at the interval at which labels are refreshed, and sends all of its matches to a node that joins.
/// </summary>
internal sealed class MatchIndex : IBusFeature
{
    public const string LabelField = "label_string";
    public const string CreateTimeField = "create_time";

    private const int EntriesAtOnce = 256;
    private static readonly BusMessage<MatchEntries> Message = new(93);

    private readonly LabelIndex<IListedMatch> _index = new(Describe);
    private readonly ConcurrentDictionary<string, AuthoritativeMatch> _own = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RemoteMatch> _others = new(StringComparer.Ordinal);
    private readonly PresenceTracker _tracker;
    private readonly NodeDirectory _nodes;
    private readonly MessageBus _bus;

    public MatchIndex(PresenceTracker tracker, NodeDirectory nodes, MessageBus bus) => (_tracker, _nodes, _bus) = (tracker, nodes, bus);

    public void Add(AuthoritativeMatch match)
    {
        _own[match.MatchId] = match;
        _index.Add(match.MatchId, match);
        Tell(match);
    }

    /// <summary>Marks the label of a match as changed. Listings show the label as of the next refresh.</summary>
    public void Change(AuthoritativeMatch match)
    {
        _index.Change(match.MatchId);
        Tell(match);
    }

    public void Remove(AuthoritativeMatch match)
    {
        if (!_own.TryRemove(match.MatchId, out _)) return;
        _index.Remove(match.MatchId);
        if (!_bus.IsAlone) _bus.Broadcast(Message, new MatchEntries { Ended = { match.MatchId } });
    }

    public void Refresh() => _index.Refresh();

    /// <summary>A match of any node; null when there is none.</summary>
    public IListedMatch? Find(string matchId) =>
        _own.TryGetValue(matchId, out var own) ? own : _others.GetValueOrDefault(matchId);

    /// <summary>
    /// How much each node has to do with its matches: their ticks per second, each multiplied by one more than its presences. Nodes without
    /// matches are left out.
    /// </summary>
    public Dictionary<string, long> Loads()
    {
        var loads = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (_, match) in _own) Add(match);
        foreach (var (_, match) in _others) Add(match);
        return loads;

        void Add(IListedMatch match) =>
            loads[match.Node] = loads.GetValueOrDefault(match.Node) + (match.TickRate * (match.Size + 1L));
    }

    /// <exception cref="SearchQueryException">A clause of the query cannot be run.</exception>
    public SearchPage<IListedMatch> Search(SearchRequest<IListedMatch> request) => _index.Search(request);

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

    private static SearchDocument Describe(IListedMatch match)
    {
        var label = match.Label;
        return new SearchDocument()
            .Keyword("node", match.Node)
            .Keyword(LabelField, label)
            .Number("tick_rate", match.TickRate)
            .Keyword("handler_name", match.HandlerName)
            .Number(CreateTimeField, match.CreatedAtMs)
            .Json("label", label);
    }

    private static MatchEntries.Types.Entry EntryOf(AuthoritativeMatch match) => new()
    {
        MatchId = match.MatchId,
        Label = match.Label,
        TickRate = match.TickRate,
        HandlerName = match.HandlerName,
        CreatedAtMs = match.CreatedAtMs,
    };

    private void Tell(AuthoritativeMatch match)
    {
        if (!_bus.IsAlone) _bus.Broadcast(Message, new MatchEntries { Entries = { EntryOf(match) } });
    }

    private void TellAll(NodeId node)
    {
        foreach (var matches in _own.Values.Chunk(EntriesAtOnce))
            _bus.Tell(node, Message, new MatchEntries { Entries = { matches.Select(EntryOf) } });
    }

    private void Apply(string node, MatchEntries message)
    {
        foreach (var entry in message.Entries)
        {
            if (_others.TryGetValue(entry.MatchId, out var known))
            {
                known.Label = entry.Label;
                _index.Change(entry.MatchId);
                continue;
            }

            if (!MatchStream.TryParse(entry.MatchId, out var stream) || stream.Label != node) continue;
            var match = new RemoteMatch(_tracker, stream, entry);
            _others[entry.MatchId] = match;
            _index.Add(entry.MatchId, match);
        }

        foreach (var matchId in message.Ended) Remove(matchId);
    }

    private void RemoveAll(string node)
    {
        foreach (var (matchId, match) in _others)
        {
            if (match.Node == node) Remove(matchId);
        }
    }

    private void Remove(string matchId)
    {
        if (_others.TryRemove(matchId, out _)) _index.Remove(matchId);
    }

    /// <summary>A match of another node. Its members are the presences in its stream.</summary>
    private sealed class RemoteMatch(PresenceTracker tracker, StreamId stream, MatchEntries.Types.Entry entry) : IListedMatch
    {
        private volatile string _label = entry.Label;

        public string MatchId { get; } = entry.MatchId;

        public string Node => stream.Label;

        public string Label
        {
            get => _label;
            set => _label = value;
        }

        public int Size => tracker.CountIn(stream);

        public int TickRate { get; } = entry.TickRate;

        public string HandlerName { get; } = entry.HandlerName;

        public long CreatedAtMs { get; } = entry.CreatedAtMs;
    }
}
