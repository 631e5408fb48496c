using Nakama.Server.Api;
using Nakama.Server.Security;
using Session = Nakama.Protocol.Api.Session;

namespace Nakama.Server.Authentication;

/// <summary>The last step of every sign-in: checks bans, ends earlier logins where only one is allowed, issues tokens.</summary>
internal sealed class SignIn(SessionTokens tokens, Revocations revocations, SessionOptions options)
{
    /// <exception cref="Errors.ApiException">The user is banned.</exception>
    public static void RefuseBanned(KnownUser user)
    {
        if (user.IsBanned) throw AuthenticationErrors.Banned;
    }

    public async ValueTask<Session> CompleteAsync(
        ApiCall call, SignedInUser user, IReadOnlyDictionary<string, string> vars, CancellationToken cancellationToken)
    {
        if (options.SingleSession) await revocations.RevokeAllAsync(user.Id, cancellationToken);
        return Answer(call, tokens.Issue(user.Id, user.Username, vars), user.IsCreated);
    }

    /// <summary>Continues a login; other logins of the same user stay valid.</summary>
    public Session Continue(ApiCall call, SessionToken refresh, string username, IReadOnlyDictionary<string, string> vars) =>
        Answer(call, tokens.Refresh(refresh, username, vars), isCreated: false);

    private static Session Answer(ApiCall call, IssuedTokens issued, bool isCreated)
    {
        var login = issued.Session;
        call.Authenticated = new Caller(login.UserId, login.Username, login.Vars, login.Expiry, login.Id);
        return new Session { Created = isCreated, Token = issued.Token, RefreshToken = issued.RefreshToken };
    }
}
