namespace Nakama.Server.Config;

/// <summary>Settings below <c>database</c>.</summary>
public sealed record DatabaseOptions
{
    /// <summary>user:pass@host:port/db?opts; ≥1 entry; only the first is used.</summary>
    public IReadOnlyList<string> Address { get; init; } = ["root@localhost:26257"];

    /// <summary>Pool connection lifetime.</summary>
    public int ConnMaxLifetimeMs { get; init; } = 3600000;

    public int MaxOpenConns { get; init; } = 100;

    public int MaxIdleConns { get; init; } = 100;

    /// <summary>≥1; re-resolve host and recycle the whole pool when the address set changes.</summary>
    public int DnsScanIntervalSec { get; init; } = 60;
}
