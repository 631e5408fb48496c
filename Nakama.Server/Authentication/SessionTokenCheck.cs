using Nakama.Server.Api;
using Nakama.Server.Security;

namespace Nakama.Server.Authentication;

/// <summary>Finds the user of a session token that is well signed, not expired and not revoked.</summary>
internal sealed class SessionTokenCheck(SessionTokens tokens, RevocationCache revocations) : ISessionTokenCheck
{
    public Caller? Check(string token) =>
        tokens.ReadSession(token) is { } session && revocations.IsSessionValid(session) ? CallerOf(session) : null;

    internal static Caller CallerOf(SessionToken session) =>
        new(session.UserId, session.Username, session.Vars, session.Expiry, session.Id);
}
