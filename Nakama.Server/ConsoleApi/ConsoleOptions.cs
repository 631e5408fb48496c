using Nakama.Server.ConsoleApi.History;
using Nakama.Server.ConsoleApi.Oidc;

namespace Nakama.Server.ConsoleApi;

/// <summary>Settings below <c>console</c>.</summary>
public sealed record ConsoleOptions
{
    /// <summary>The port of the operators' API; gRPC is three below.</summary>
    public int Port { get; init; } = 7351;

    /// <summary>The address to listen on; empty is every one of the machine, <c>localhost</c> both loopback addresses.</summary>
    public string Address { get; init; } = "";

    /// <summary>How large a request's body may be, in bytes, at least 1.</summary>
    public int MaxMessageSizeBytes { get; init; } = 4194304;

    /// <summary>How long a request may take to arrive, in milliseconds, at least 1.</summary>
    public int ReadTimeoutMs { get; init; } = 10000;

    /// <summary>How long an answer may take to leave, in milliseconds, at least 1.</summary>
    public int WriteTimeoutMs { get; init; } = 60000;

    /// <summary>How long a connection may wait for its next request, in milliseconds, at least 1.</summary>
    public int IdleTimeoutMs { get; init; } = 300000;

    /// <summary>
    /// The name of the operator who may do everything; letters and digits, with dots and underscores between.
    /// </summary>
    public string Username { get; init; } = "admin";

    /// <summary>That operator's password; not empty.</summary>
    public string Password { get; init; } = "password";

    /// <summary>How long tokens of sign-in, invitation, reset and second factor live, in seconds.</summary>
    public int TokenExpirySec { get; init; } = 86400;

    /// <summary>Key of these tokens (HS256); not empty.</summary>
    public string SigningKey { get; init; } = "defaultsigningkey";

    /// <summary>Whether the search for players leaves display names out.</summary>
    public bool DisableDisplayNameSearch { get; init; }

    /// <summary>How large an uploaded file of storage objects may be, in bytes, at least 1.</summary>
    public int ImportMaxBytes { get; init; } = 1 << 30;

    public OidcOptions Oidc { get; init; } = new();

    public HistoryOptions History { get; init; } = new();

    /// <summary>
    /// How large the operators' full-text index below <c>data_dir</c> may get, in MiB; 0 for no index.
    /// </summary>
    public int SearchMaxMb { get; init; } = 1024;
}
