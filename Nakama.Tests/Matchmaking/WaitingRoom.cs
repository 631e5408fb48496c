using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Cluster;
using Nakama.Server.Matches;
using Nakama.Server.Matchmaking;
using Nakama.Server.Metrics;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Matchmaking;

/// <summary>A matchmaker with players and without a server around it; the test says when a round is due.</summary>
internal sealed class WaitingRoom
{
    private readonly SessionRegistry _sessions = new();
    private readonly LocalNode _node = new("node1");
    private readonly TestTimeProvider _time = new();
    private readonly MatchmakerInterval _rounds;

    public WaitingRoom(MatchmakerOptions? options = null)
    {
        options ??= new MatchmakerOptions();
        var metrics = new ServerMetrics(new MetricRegistry(new MetricsOptions()));
        var nodes = new NodeDirectory(_node);
        var bus = new MessageBus(nodes, new BusMetrics(), _time, NullLogger<MessageBus>.Instance);
        var router = new MessageRouter(null!, _sessions, new SessionDeliveries(_sessions, nodes, bus), nodes, bus);
        var drain = new NodeDrain(bus);
        var owner = new WorkOwner(nodes, drain, bus);
        Matchmaker = new(_sessions, options, owner, drain, new LoneWorkTerms(owner), nodes, bus, _time);
        Statistics = new(metrics);
        var delivery = new MatchmakerDelivery(Hooks, new MatchTokens(new SessionOptions(), _time), router, NullLogger<MatchmakerDelivery>.Instance);
        _rounds = new(Matchmaker, Hooks, delivery, Statistics, options, metrics, _time, NullLogger<MatchmakerInterval>.Instance);
    }

    public Matchmaker Matchmaker { get; }

    public MatchmakerHooks Hooks { get; } = new();

    public MatchmakerStatistics Statistics { get; }

    public WaitingPlayer Enter(string name = "")
    {
        var player = new WaitingPlayer(name)
        {
            Id = Guid.NewGuid(),
            UserId = Guid.NewGuid(),
            Username = name,
            Vars = new Dictionary<string, string>(),
            Expiry = 0,
            Lang = "en",
            ClientIp = "",
            ClientPort = "",
        };
        _sessions.Add(player);
        return player;
    }

    public MatchmakerPresence PresenceOf(WaitingPlayer player) => MatchmakerPresence.Of(player, _node);

    /// <summary>A ticket of a new player on his own.</summary>
    public WaitingPlayer Wait(string name, int min, int max, string query = "*", int? multiple = null, params (string Name, object Value)[] properties)
    {
        var player = Enter(name);
        Take(player, min, max, query, multiple, properties);
        return player;
    }

    public string Take(WaitingPlayer player, int min, int max, string query = "*", int? multiple = null, params (string Name, object Value)[] properties) =>
        Take([player], "", Criteria(min, max, query, multiple, properties));

    /// <summary>A ticket of a party of new players.</summary>
    public WaitingPlayer[] WaitTogether(string party, string[] names, int min, int max, string query = "*", params (string Name, object Value)[] properties)
    {
        var players = names.Select(Enter).ToArray();
        Take(players, party, Criteria(min, max, query, null, properties));
        return players;
    }

    public string Take(IReadOnlyList<WaitingPlayer> players, string party, MatchmakerCriteria criteria)
    {
        // Two tickets never have the same age.
        _time.Advance(TimeSpan.FromMilliseconds(1));
        return Matchmaker.Add([.. players.Select(PresenceOf)], party, criteria);
    }

    public static MatchmakerCriteria Criteria(int min, int max, string query = "*", int? multiple = null, params (string Name, object Value)[] properties) =>
        MatchmakerCriteria.Check(
            min, max, multiple, query,
            properties.Where(property => property.Value is string).ToDictionary(property => property.Name, property => (string)property.Value),
            properties.Where(property => property.Value is not string).ToDictionary(property => property.Name, property => Convert.ToDouble(property.Value, System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>One round; how many matches it made.</summary>
    public async Task<int> RoundAsync() => await _rounds.RunAsync(CancellationToken.None);

    /// <summary>The clock goes on, so that what waits for it gets its turn.</summary>
    public void Advance(TimeSpan by) => _time.Advance(by);
}
