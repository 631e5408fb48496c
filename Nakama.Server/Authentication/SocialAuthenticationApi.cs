using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Social;
using Nakama.Server.Wire.Api;
using Session = Nakama.Server.Wire.Api.Session;

namespace Nakama.Server.Authentication;

/// <summary>Signing in with what Apple, Facebook, Google or Steam have given to a player.</summary>
internal sealed class SocialAuthenticationApi(SocialProviders providers, SocialAccounts accounts, SocialFriends friends, SignIn signIn) : IApiFeature
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
        if (!providers.Apple.IsConfigured) throw SocialErrors.NotConfigured(SocialIdentity.Apple);
        var token = Required(request.Account?.Token, static () => SocialErrors.AppleTokenRequired);
        var username = CredentialRules.Username(request.Username);
        var profile = await providers.Apple.VerifyAsync(token, cancellationToken) ?? throw SocialErrors.Refused(SocialIdentity.Apple);
        var user = await accounts.FindOrCreateAsync(SocialIdentity.Apple, profile, username, request.Create != false, cancellationToken);
        return Complete(call, user, request.Account!.Vars);
    }

    private async ValueTask<Session> FacebookAsync(ApiCall call, AuthenticateFacebookRequest request, CancellationToken cancellationToken)
    {
        var token = Required(request.Account?.Token, static () => SocialErrors.FacebookTokenRequired);
        var username = CredentialRules.Username(request.Username);
        var profile = await providers.Facebook.VerifyAsync(token, cancellationToken) ?? throw SocialErrors.Refused(SocialIdentity.Facebook);
        var user = await accounts.FindOrCreateAsync(SocialIdentity.Facebook, profile, username, request.Create != false, cancellationToken);
        if (request.Sync == true) await friends.TryImportFacebookAsync(user.Id, user.Username, profile, token, cancellationToken);
        return Complete(call, user, request.Account!.Vars);
    }

    private async ValueTask<Session> InstantGameAsync(
        ApiCall call, AuthenticateFacebookInstantGameRequest request, CancellationToken cancellationToken)
    {
        var info = Required(request.Account?.SignedPlayerInfo, static () => SocialErrors.PlayerInfoRequired);
        var username = CredentialRules.Username(request.Username);
        var profile = providers.InstantGames.Verify(info) ?? throw SocialErrors.InstantGameRefused;
        var user = await accounts.FindOrCreateAsync(
            SocialIdentity.FacebookInstantGame, profile, username, request.Create != false, cancellationToken);
        return Complete(call, user, request.Account!.Vars);
    }

    private async ValueTask<Session> GameCenterAsync(ApiCall call, AuthenticateGameCenterRequest request, CancellationToken cancellationToken)
    {
        var claim = GameCenterRules.Require(request.Account ?? throw SocialErrors.GameCenterRequired);
        var username = CredentialRules.Username(request.Username);
        var profile = await providers.GameCenter.VerifyAsync(claim, cancellationToken) ?? throw SocialErrors.Refused(SocialIdentity.GameCenter);
        var user = await accounts.FindOrCreateAsync(SocialIdentity.GameCenter, profile, username, request.Create != false, cancellationToken);
        return Complete(call, user, request.Account.Vars);
    }

    private async ValueTask<Session> GoogleAsync(ApiCall call, AuthenticateGoogleRequest request, CancellationToken cancellationToken)
    {
        var token = Required(request.Account?.Token, static () => SocialErrors.GoogleTokenRequired);
        var username = CredentialRules.Username(request.Username);
        var profile = await providers.Google.VerifyAsync(token, cancellationToken) ?? throw SocialErrors.Refused(SocialIdentity.Google);
        var user = await accounts.FindOrCreateAsync(SocialIdentity.Google, profile, username, request.Create != false, cancellationToken);
        return Complete(call, user, request.Account!.Vars);
    }

    private async ValueTask<Session> SteamAsync(ApiCall call, AuthenticateSteamRequest request, CancellationToken cancellationToken)
    {
        if (!providers.Steam.IsConfigured) throw SocialErrors.NotConfigured(SocialIdentity.Steam);
        var ticket = Required(request.Account?.Token, static () => SocialErrors.SteamTokenRequired);
        var username = CredentialRules.Username(request.Username);
        var profile = await providers.Steam.VerifyAsync(ticket, cancellationToken) ?? throw SocialErrors.Refused(SocialIdentity.Steam);
        var user = await accounts.FindOrCreateAsync(SocialIdentity.Steam, profile, username, request.Create != false, cancellationToken);
        if (request.Sync == true) await friends.TryImportSteamAsync(user.Id, user.Username, profile, cancellationToken);
        return Complete(call, user, request.Account!.Vars);
    }

    private Session Complete(ApiCall call, SignedInUser user, IReadOnlyDictionary<string, string> vars) =>
        signIn.Complete(call, user.Id, user.Username, vars, user.IsCreated);

    private static string Required(string? credential, Func<ApiError> missing) =>
        string.IsNullOrEmpty(credential) ? throw missing() : credential;
}
