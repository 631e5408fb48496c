namespace Nakama.GameLogic.Functions;

/// <summary>Sessions: open sockets, and the logins that they belong to.</summary>
public interface ISessions
{
    /// <summary>Closes the socket of a session; a session that does not exist is not an error.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="reason">What other presences are told.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("session_disconnect")]
    Task DisconnectAsync(Guid sessionId, PresenceReason reason = PresenceReason.Disconnect, CancellationToken cancellationToken = default);

    /// <summary>Invalidates the given tokens of a user; without tokens, all sessions of the user.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="token">A session token; null for none.</param>
    /// <param name="refreshToken">A refresh token; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("session_logout")]
    Task LogoutAsync(Guid userId, string? token = null, string? refreshToken = null, CancellationToken cancellationToken = default);
}
