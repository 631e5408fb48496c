namespace Nakama.Server.Config;

/// <summary>Settings below <c>satori</c>.</summary>
public sealed record SatoriOptions
{
    /// <summary>See validation.</summary>
    public string Url { get; init; } = "";

    /// <summary>server_key enables console Satori messaging.</summary>
    public string ApiKeyName { get; init; } = "";

    /// <summary>server_key enables console Satori messaging.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>server_key enables console Satori messaging.</summary>
    public string SigningKey { get; init; } = "";

    /// <summary>server_key enables console Satori messaging.</summary>
    public string ServerKey { get; init; } = "";

    /// <summary>Deprecated, ignored.</summary>
    public bool CacheEnabled { get; init; }

    public bool CacheDisabled { get; init; }

    /// <summary>context or time.</summary>
    public string CacheMode { get; init; } = "context";

    /// <summary>≥1.</summary>
    public int CacheTtlSec { get; init; } = 300;

    /// <summary>≥1.</summary>
    public int HttpTimeoutMs { get; init; } = 10000;

    /// <summary>0–3.</summary>
    public int RetryCount { get; init; }
}
