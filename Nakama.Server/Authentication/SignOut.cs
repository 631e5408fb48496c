using Nakama.Server.Errors;
using Nakama.Server.Security;
using Nakama.Server.Sessions;

namespace Nakama.Server.Authentication;

/// <summary>Ends logins before their tokens expire.</summary>
internal sealed class SignOut(SessionTokens tokens, Revocations revocations, SessionDisconnects sessions)
{
    /// <summary>
    /// Ends the logins of the tokens; without any, all of the user, with every open socket. An empty text is no token.
    /// </summary>
    /// <exception cref="ApiException">A token is invalid, or belongs to another user.</exception>
    public async ValueTask RunAsync(Guid userId, string sessionToken, string refreshToken, CancellationToken cancellationToken)
    {
        SessionToken? session = null, refresh = null;
        if (sessionToken.Length > 0)
        {
            session = tokens.ReadSession(sessionToken);
            if (session?.UserId != userId) throw AuthenticationErrors.SessionTokenInvalid;
        }

        if (refreshToken.Length > 0)
        {
            refresh = tokens.ReadRefresh(refreshToken);
            if (refresh?.UserId != userId) throw AuthenticationErrors.RefreshTokenInvalid;
        }

        // A token without a login id cannot be revoked alone.
        var hasSession = session is { Id.Length: > 0 };
        var hasRefresh = refresh is { Id.Length: > 0 };
        // A client that disconnects before the response is signed out nevertheless.
        if (hasSession) await revocations.RevokeSessionAsync(session!, CancellationToken.None);
        if (hasRefresh) await revocations.RevokeRefreshAsync(refresh!, CancellationToken.None);
        if (hasSession || hasRefresh) return;

        // The revocation takes effect on this node before the first socket closes.
        var saving = revocations.RevokeAllAsync(userId, CancellationToken.None);
        sessions.DisconnectUser(userId, except: null);
        await saving;
    }
}
