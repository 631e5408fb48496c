using Microsoft.AspNetCore.Connections;

namespace Nakama.Server.Transport;

/// <summary>Receives the unencrypted connections of one listener before the HTTP server does, and may take them over.</summary>
public interface IConnectionMiddleware
{
    ListenerKind Kind { get; }

    /// <summary>
    /// Runs the whole connection and returns true, or returns false and leaves everything received unconsumed.
    /// </summary>
    Task<bool> TryRunAsync(ConnectionContext connection);
}
