using Nakama.Protocol.Api;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Session = Nakama.Protocol.Api.Session;

namespace Nakama.Server.Authentication;

/// <summary>Signing in with the credentials that Apple, Facebook, Google or Steam issue to a player.</summary>
internal sealed class SocialAuthenticationApi(SocialSignIn social, SignIn signIn) : IApiFeature
{
    public void Map(ApiMap api)
    {
        api.Map<AuthenticateAppleRequest, Session>("AuthenticateApple", AppleAsync);
        api.Map<AuthenticateFacebookRequest, Session>("AuthenticateFacebook", FacebookAsync);
        api.Map<AuthenticateFacebookInstantGameRequest, Session>("AuthenticateFacebookInstantGame", InstantGameAsync);
        api.Map<AuthenticateGameCenterRequest, Session>("AuthenticateGameCenter", GameCenterAsync);
        api.Map<AuthenticateGoogleRequest, Session>("AuthenticateGoogle", GoogleAsync);
        api.Map<AuthenticateSteamRequest, Session>("AuthenticateSteam", SteamAsync);
    }

    private async ValueTask<Session> AppleAsync(ApiCall call, AuthenticateAppleRequest request, CancellationToken cancellationToken)
    {
        social.RequireApple();
        var token = Required(request.Account?.Token, static () => SocialErrors.AppleTokenRequired);
        var username = CredentialRules.Username(request.Username);
        var user = await social.WithAppleAsync(token, username, request.Create != false, cancellationToken);
        return await signIn.CompleteAsync(call, user, request.Account!.Vars, cancellationToken);
    }

    private async ValueTask<Session> FacebookAsync(ApiCall call, AuthenticateFacebookRequest request, CancellationToken cancellationToken)
    {
        var token = Required(request.Account?.Token, static () => SocialErrors.FacebookTokenRequired);
        var username = CredentialRules.Username(request.Username);
        var user = await social.WithFacebookAsync(token, username, request.Create != false, request.Sync == true, cancellationToken);
        return await signIn.CompleteAsync(call, user, request.Account!.Vars, cancellationToken);
    }

    private async ValueTask<Session> InstantGameAsync(
        ApiCall call, AuthenticateFacebookInstantGameRequest request, CancellationToken cancellationToken)
    {
        var info = Required(request.Account?.SignedPlayerInfo, static () => SocialErrors.PlayerInfoRequired);
        var username = CredentialRules.Username(request.Username);
        var user = await social.WithInstantGameAsync(info, username, request.Create != false, cancellationToken);
        return await signIn.CompleteAsync(call, user, request.Account!.Vars, cancellationToken);
    }

    private async ValueTask<Session> GameCenterAsync(ApiCall call, AuthenticateGameCenterRequest request, CancellationToken cancellationToken)
    {
        var claim = GameCenterRules.Require(request.Account ?? throw SocialErrors.GameCenterRequired);
        var username = CredentialRules.Username(request.Username);
        var user = await social.WithGameCenterAsync(claim, username, request.Create != false, cancellationToken);
        return await signIn.CompleteAsync(call, user, request.Account.Vars, cancellationToken);
    }

    private async ValueTask<Session> GoogleAsync(ApiCall call, AuthenticateGoogleRequest request, CancellationToken cancellationToken)
    {
        var token = Required(request.Account?.Token, static () => SocialErrors.GoogleTokenRequired);
        var username = CredentialRules.Username(request.Username);
        var user = await social.WithGoogleAsync(token, username, request.Create != false, cancellationToken);
        return await signIn.CompleteAsync(call, user, request.Account!.Vars, cancellationToken);
    }

    private async ValueTask<Session> SteamAsync(ApiCall call, AuthenticateSteamRequest request, CancellationToken cancellationToken)
    {
        social.RequireSteam();
        var ticket = Required(request.Account?.Token, static () => SocialErrors.SteamTokenRequired);
        var username = CredentialRules.Username(request.Username);
        var user = await social.WithSteamAsync(ticket, username, request.Create != false, request.Sync == true, cancellationToken);
        return await signIn.CompleteAsync(call, user, request.Account!.Vars, cancellationToken);
    }

    private static string Required(string? credential, Func<ApiException> missing) =>
        string.IsNullOrEmpty(credential) ? throw missing() : credential;
}
