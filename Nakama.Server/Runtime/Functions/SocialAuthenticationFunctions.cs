using Nakama.Server.Authentication;
using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Accounts of users that Apple, Facebook, Google or Steam authenticate.</summary>
internal sealed class SocialAuthenticationFunctions(SocialSignIn social) : IFunctionModule
{
    public string Name => "Authentication through providers";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("authenticate_apple", "The account with the Apple ID of a token; it is made when there is none.")
            .Text("token", "expects ID token string").OptionalText("username", "").NotNull().OptionalFlag("create", true).NotNull()
            .Returns(AuthenticatedUser.Fields)
            .Does((call, token) =>
            {
                Require(call, social.RequireApple);
                return AuthenticatedUser.OfAsync(social.WithAppleAsync(call.Text(0), call.Username(1), call.Flag(2), token));
            });
        functions.Function("authenticate_facebook", "The account with the Facebook id of a token; it is made when there is none.")
            .Text("token", "expects access token string").OptionalFlag("import_friends", true).NotNull().OptionalText("username", "").NotNull().OptionalFlag("create", true).NotNull()
            .Returns(AuthenticatedUser.Fields)
            .Does((call, token) => AuthenticatedUser.OfAsync(social.WithFacebookAsync(call.Text(0), call.Username(2), call.Flag(3), call.Flag(1), token)));
        functions.Function("authenticate_facebook_instant_game", "The account of a player of an Instant Game; it is made when there is none.")
            .Text("player_info", "expects signed player info string").OptionalText("username", "").NotNull().OptionalFlag("create", true).NotNull()
            .Returns(AuthenticatedUser.Fields)
            .Does((call, token) => AuthenticatedUser.OfAsync(social.WithInstantGameAsync(call.Text(0), call.Username(1), call.Flag(2), token)));
        functions.Function("authenticate_game_center", "The account of a player of Game Center; it is made when there is none.")
            .GameCenter().OptionalText("username", "").NotNull().OptionalFlag("create", true).NotNull()
            .Returns(AuthenticatedUser.Fields).Does(GameCenterAsync);
        functions.Function("authenticate_google", "The account with the Google id of a token; it is made when there is none.")
            .Text("token", "expects ID token string").OptionalText("username", "").NotNull().OptionalFlag("create", true).NotNull()
            .Returns(AuthenticatedUser.Fields)
            .Does((call, token) => AuthenticatedUser.OfAsync(social.WithGoogleAsync(call.Text(0), call.Username(1), call.Flag(2), token)));
        functions.Function("authenticate_steam", "The account with the Steam id of a ticket; it is made when there is none.")
            .Text("token", "expects token string").OptionalFlag("import_friends", true).NotNull().OptionalText("username", "").NotNull().OptionalFlag("create", true).NotNull()
            .Returns(AuthenticatedUser.Fields)
            .Does((call, token) =>
            {
                Require(call, social.RequireSteam);
                return AuthenticatedUser.OfAsync(social.WithSteamAsync(call.Text(0), call.Username(2), call.Flag(3), call.Flag(1), token));
            });
    }

    /// <summary>JavaScript gets the text alone when a provider is not configured.</summary>
    private static void Require(FunctionCall call, Action require)
    {
        if (call.Language != ScriptLanguage.JavaScript) return;
        try
        {
            require();
        }
        catch (ApiException e)
        {
            throw new FunctionException(e.Message.TrimEnd('.'));
        }
    }

    private ValueTask<ScriptValue> GameCenterAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var claim = GameCenterRules.Whole(call.GameCenter(0)) ?? throw call.Refuse(2, "expects timestamp value");
        return AuthenticatedUser.OfAsync(social.WithGameCenterAsync(claim, call.Username(6), call.Flag(7), cancellationToken));
    }
}
