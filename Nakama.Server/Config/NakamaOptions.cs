namespace Nakama.Server.Config;

/// <summary>Settings below <c>the root</c>.</summary>
public sealed record NakamaOptions
{
    /// <summary>Node name; byte length 1–16, else fatal. Suffix of match/party ids, metric label node_name, must be unique per cluster.</summary>
    public string Name { get; init; } = "nakama";

    /// <summary>YAML file paths, repeatable.</summary>
    public IReadOnlyList<string> Config { get; init; } = [];

    /// <summary>≥0; 0 = stop immediately on signal.</summary>
    public int ShutdownGraceSec { get; init; }

    /// <summary>Writable folder.</summary>
    public string DataDir { get; init; } = "";

    /// <summary>migrate only; not settable usefully in YAML, absent from config JSON.</summary>
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
}
