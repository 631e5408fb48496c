namespace Nakama.Server.Config;

/// <summary>Settings below <c>console</c>.</summary>
public sealed record ConsoleOptions
{
    /// <summary>gRPC on port-3.</summary>
    public int Port { get; init; } = 7351;

    public string Address { get; init; } = "";

    /// <summary>≥1; body and multipart memory limit.</summary>
    public int MaxMessageSizeBytes { get; init; } = 4194304;

    /// <summary>≥1.</summary>
    public int ReadTimeoutMs { get; init; } = 10000;

    /// <summary>≥1.</summary>
    public int WriteTimeoutMs { get; init; } = 60000;

    /// <summary>≥1.</summary>
    public int IdleTimeoutMs { get; init; } = 300000;

    /// <summary>must match ^[a-zA-Z0-9][a-zA-Z0-9._].*[a-zA-Z0-9]$.</summary>
    public string Username { get; init; } = "admin";

    /// <summary>not empty.</summary>
    public string Password { get; init; } = "password";

    /// <summary>Console, invite, reset and MFA-setup token lifetime.</summary>
    public int TokenExpirySec { get; init; } = 86400;

    /// <summary>HS256 key; not empty.</summary>
    public string SigningKey { get; init; } = "defaultsigningkey";

    /// <summary>Drops display-name matching from account search.</summary>
    public bool DisableDisplayNameSearch { get; init; }
}
