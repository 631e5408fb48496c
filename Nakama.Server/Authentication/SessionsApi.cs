using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Security;
using Session = Nakama.Protocol.Api.Session;

namespace Nakama.Server.Authentication;

/// <summary>Refreshing a login and ending it.</summary>
internal sealed class SessionsApi(
    IdentityStore store, SignIn signIn, SignOut signOut, SessionTokens tokens, RevocationCache revocations) : IApiFeature
{
    private static readonly Empty Done = new();

    public void Map(ApiMap api)
    {
        api.Map<SessionRefreshRequest, Session>("SessionRefresh", RefreshAsync, AuthenticationFailures.Find);
        api.Map<SessionLogoutRequest, Empty>("SessionLogout", LogoutAsync);
    }

    private async ValueTask<Session> RefreshAsync(ApiCall call, SessionRefreshRequest request, CancellationToken cancellationToken)
    {
        if (request.Token.Length == 0) throw AuthenticationErrors.RefreshTokenRequired;
        if (tokens.ReadRefresh(request.Token) is not { } refresh || !revocations.IsRefreshValid(refresh))
            throw AuthenticationErrors.RefreshTokenRefused;

        var user = await store.FindAsync(refresh.UserId, cancellationToken) ?? throw AuthenticationErrors.UserNotFound;
        SignIn.RefuseBanned(user);
        return signIn.Continue(call, refresh, user.Username, request.Vars.Count > 0 ? request.Vars : refresh.Vars);
    }

    private async ValueTask<Empty> LogoutAsync(ApiCall call, SessionLogoutRequest request, CancellationToken cancellationToken)
    {
        await signOut.RunAsync(call.UserId, request.Token, request.RefreshToken, cancellationToken);
        return Done;
    }
}
