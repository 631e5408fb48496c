using Nakama.Server.Api;
using Nakama.Server.Cluster;
using Nakama.Server.ConsoleApi;
using Nakama.Server.Database;
using Nakama.Server.Identity;
using Nakama.Server.Leaderboards;
using Nakama.Server.Logging;
using Nakama.Server.Matches;
using Nakama.Server.Matchmaking;
using Nakama.Server.Metrics;
using Nakama.Server.Parties;
using Nakama.Server.Presence;
using Nakama.Server.Purchases;
using Nakama.Server.Runtime;
using Nakama.Server.Satori;
using Nakama.Server.Storage;

namespace Nakama.Server.Config;

/// <summary>All settings of a node.</summary>
public sealed record NakamaOptions
{
    /// <summary>
    /// The node's name, 1 to 16 bytes and unique in its cluster: it ends the ids of matches and parties and labels
    /// metrics.
    /// </summary>
    public string Name { get; init; } = "nakama";

    /// <summary>YAML files to read, in this order.</summary>
    public IReadOnlyList<string> Config { get; init; } = [];

    /// <summary>How long matches may take to end when the node stops, in seconds; 0 stops at once.</summary>
    public int ShutdownGraceSec { get; init; }

    /// <summary>A folder the node may write to; empty is <c>data</c> below the working folder.</summary>
    public string DataDir { get; init; } = "";

    /// <summary>
    /// How many migrations <c>migrate up</c> and <c>down</c> touch; -1 is all. Means nothing to a running node.
    /// </summary>
    public int Limit { get; init; } = -1;

    public LoggerOptions Logger { get; init; } = new();

    public MetricsOptions Metrics { get; init; } = new();

    public SessionOptions Session { get; init; } = new();

    public SocketOptions Socket { get; init; } = new();

    public DatabaseOptions Database { get; init; } = new();

    public SocialOptions Social { get; init; } = new();

    public RuntimeOptions Runtime { get; init; } = new();

    public MatchOptions Match { get; init; } = new();

    public TrackerOptions Tracker { get; init; } = new();

    public ConsoleOptions Console { get; init; } = new();

    public LeaderboardOptions Leaderboard { get; init; } = new();

    public MatchmakerOptions Matchmaker { get; init; } = new();

    public IapOptions Iap { get; init; } = new();

    public GoogleAuthOptions GoogleAuth { get; init; } = new();

    public SatoriOptions Satori { get; init; } = new();

    public StorageOptions Storage { get; init; } = new();

    public MfaOptions Mfa { get; init; } = new();

    public PartyOptions Party { get; init; } = new();

    public ClusterOptions Cluster { get; init; } = new();
}
