using Nakama.Server.Security;

namespace Nakama.Server.Api;

/// <summary>Parses session tokens and checks whether they were revoked.</summary>
internal sealed class SessionTokenCheck(SessionTokens tokens, RevocationCache revocations) : ISessionTokenCheck
{
    public Caller? Check(string token) =>
        tokens.ReadSession(token) is { } session && revocations.IsSessionValid(session)
            ? new Caller(session.UserId, session.Username, session.Vars, session.Expiry, session.Id)
            : null;
}
