using Nakama.Server.Errors;
using Nakama.Server.Security;

namespace Nakama.Server.Authentication;

/// <summary>Ends logins before their tokens expire.</summary>
internal sealed class SignOut(SessionTokens tokens, RevocationCache revocations)
{
    /// <summary>Ends the logins that the tokens name; without any, all of the user. An empty text is no token.</summary>
    /// <exception cref="ApiError">A token is not good, or another user's.</exception>
    public void Run(Guid userId, string sessionToken, string refreshToken)
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

        // A token that names no login cannot be revoked alone.
        var hasSession = session is { Id.Length: > 0 };
        var hasRefresh = refresh is { Id.Length: > 0 };
        if (hasSession) revocations.RevokeSession(session!);
        if (hasRefresh) revocations.RevokeRefresh(refresh!);
        if (!hasSession && !hasRefresh) revocations.RevokeAll(userId);
    }
}
