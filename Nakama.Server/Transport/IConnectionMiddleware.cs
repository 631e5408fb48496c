using Microsoft.AspNetCore.Connections;

namespace Nakama.Server.Transport;

/// <summary>Sees the unencrypted connections of one listener before the HTTP server does, and may keep them.</summary>
public interface IConnectionMiddleware
{
    ListenerKind Kind { get; }

    /// <summary>
    /// Runs the whole connection and returns true, or returns false and leaves everything that has arrived where it was.
    /// </summary>
    Task<bool> TryRunAsync(ConnectionContext connection);
}
