using Nakama.Server.Authentication;
using Nakama.Server.Security;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Links credentials to accounts and unlinks them, but never the last one.</summary>
internal sealed class LinkFunctions(IdentityLinks links, SocialLinking social) : IFunctionModule
{
    public string Name => "Linking";

    public void Describe(FunctionGroup functions)
    {
        Link(functions, "link_custom", "an id of the game's own").Text("custom_id", "expects custom ID string")
            .Does((call, token) => LinkedAsync(LinkCustomIdAsync(call, token)));
        Link(functions, "link_device", "a device").Text("device_id", "expects device ID string")
            .Does((call, token) => LinkedAsync(LinkDeviceAsync(call, token)));
        Link(functions, "link_email", "an address and a password").Text("email", "expects email string").Text("password", "expects password string")
            .Does((call, token) => LinkedAsync(LinkEmailAsync(call, token)));
        Link(functions, "link_apple", "the Apple ID of a token").Text("token", "expects ID token string")
            .Does((call, token) => LinkedAsync(social.LinkAppleAsync(call.Id(0), call.Text(1), token)));
        Link(functions, "link_facebook", "the Facebook id of a token").Text("username", "expects username string")
            .Text("token", "expects token string").OptionalFlag("import_friends", true)
            .Does((call, token) => LinkedAsync(social.LinkFacebookAsync(call.Id(0), call.Text(1), call.Text(2), call.Flag(3), token)));
        Link(functions, "link_facebook_instant_game", "a player of an Instant Game").Text("player_info", "expects signed player info string")
            .Does((call, token) => LinkedAsync(social.LinkInstantGameAsync(call.Id(0), call.Text(1), token)));
        Link(functions, "link_gamecenter", "a player of Game Center").GameCenter().NamedInJavaScript("linkGameCenter").Does(GameCenterAsync);
        Link(functions, "link_google", "the Google id of a token").Text("token", "expects token string")
            .Does((call, token) => LinkedAsync(social.LinkGoogleAsync(call.Id(0), call.Text(1), token)));
        Link(functions, "link_steam", "the Steam id of a ticket").Text("username", "expects username string")
            .Text("token", "expects token string").OptionalFlag("import_friends", true)
            .Does((call, token) => LinkedAsync(social.LinkSteamAsync(call.Id(0), call.Text(1), call.Text(2), call.Flag(3), token)));

        Unlink(functions, "unlink_custom", "id of the game's own").OptionalText("custom_id", "").NotNull()
            .Does((call, token) => UnlinkedAsync(links.UnlinkCustomIdAsync(call.Id(0), call.Text(1), token)));
        Unlink(functions, "unlink_device", "device").Text("device_id", "expects device ID string")
            .Does((call, token) => UnlinkedAsync(links.UnlinkDeviceAsync(call.Id(0), call.Text(1), token)));
        Unlink(functions, "unlink_email", "address").OptionalText("email", "").NotNull()
            .Does((call, token) => UnlinkedAsync(links.UnlinkEmailAsync(call.Id(0), call.Text(1), token)));
        Unlink(functions, "unlink_apple", "Apple ID").OptionalText("token", "").NotNull()
            .Does((call, token) => UnlinkedAsync(social.UnlinkAppleAsync(call.Id(0), call.Text(1), token)));
        Unlink(functions, "unlink_facebook", "Facebook id").OptionalText("token", "").NotNull()
            .Does((call, token) => UnlinkedAsync(social.UnlinkFacebookAsync(call.Id(0), call.Text(1), token)));
        Unlink(functions, "unlink_facebook_instant_game", "player of an Instant Game").OptionalText("player_info", "").NotNull()
            .Does((call, token) => UnlinkedAsync(social.UnlinkInstantGameAsync(call.Id(0), call.Text(1), token)));
        Unlink(functions, "unlink_gamecenter", "player of Game Center")
            .OptionalText("player_id", "").NotNull().OptionalText("bundle_id", "").NotNull().OptionalWhole("timestamp", 0).NotNull()
            .OptionalText("salt", "").NotNull().OptionalText("signature", "").NotNull().OptionalText("public_key_url", "").NotNull()
            .NamedInJavaScript("unlinkGameCenter")
            .Does((call, token) => UnlinkedAsync(social.UnlinkGameCenterAsync(call.Id(0), GameCenterRules.Whole(call.GameCenter(1)), token)));
        Unlink(functions, "unlink_google", "Google id").OptionalText("token", "").NotNull()
            .Does((call, token) => UnlinkedAsync(social.UnlinkGoogleAsync(call.Id(0), call.Text(1), token)));
        Unlink(functions, "unlink_steam", "Steam id").OptionalText("token", "").NotNull()
            .Does((call, token) => UnlinkedAsync(social.UnlinkSteamAsync(call.Id(0), call.Text(1), token)));
    }

    private static FunctionDescription Link(FunctionGroup functions, string name, string what) =>
        WithUser(functions.Function(name, $"Lets a user sign in with {what}."));

    private static FunctionDescription Unlink(FunctionGroup functions, string name, string what) =>
        WithUser(functions.Function(name, $"Takes a user's {what} away; what is named must be the user's."));

    private static FunctionDescription WithUser(FunctionDescription function) =>
        function.Id("user_id", new("user ID must be a valid identifier", "invalid user id"));

    // The checks run inside the reported operation, so that modules get the messages of the API.
    private async ValueTask LinkCustomIdAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        LinkRules.CheckCustomId(call.Text(1));
        await links.LinkCustomIdAsync(call.Id(0), call.Text(1), cancellationToken);
    }

    private async ValueTask LinkDeviceAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        CredentialRules.CheckDeviceId(call.Text(1));
        await links.LinkDeviceAsync(call.Id(0), call.Text(1), cancellationToken);
    }

    private async ValueTask LinkEmailAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        LinkRules.CheckEmail(call.Text(1), call.Text(2));
        await links.LinkEmailAsync(call.Id(0), call.Text(1), call.Text(2), PasswordCaller.Node, cancellationToken);
    }

    private ValueTask<ScriptValue> GameCenterAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var claim = GameCenterRules.Whole(call.GameCenter(1)) ?? throw call.Refuse(3, "expects timestamp value");
        return LinkedAsync(social.LinkGameCenterAsync(call.Id(0), claim, cancellationToken));
    }

    private static ValueTask<ScriptValue> LinkedAsync(ValueTask linking) => linking.OrFaultAsync("error linking", Cause.WithStatus);

    private static ValueTask<ScriptValue> UnlinkedAsync(ValueTask unlinking) => unlinking.OrFaultAsync("error unlinking", Cause.WithStatus);
}
