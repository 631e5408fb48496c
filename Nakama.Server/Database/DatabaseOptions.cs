namespace Nakama.Server.Database;

/// <summary>Settings below <c>database</c>.</summary>
public sealed record DatabaseOptions
{
    /// <summary>
    /// The database as <c>user:password@host:port/name?options</c>, or as a connection string; of several, the first
    /// is used.
    /// </summary>
    public IReadOnlyList<string> Address { get; init; } = ["root@localhost:26257"];

    /// <summary>How long a connection is used before it is replaced, in milliseconds; 0 is without end.</summary>
    public int ConnMaxLifetimeMs { get; init; } = 3600000;

    /// <summary>How many connections may be open at once; 0 is any number.</summary>
    public int MaxOpenConns { get; init; } = 100;

    /// <summary>How many connections may wait for work; when fewer than may be open, idle ones are closed sooner.</summary>
    public int MaxIdleConns { get; init; } = 100;

    /// <summary>
    /// How often the host's addresses are looked up, in seconds, at least 1; when they change, all connections are
    /// opened anew.
    /// </summary>
    public int DnsScanIntervalSec { get; init; } = 60;
}
