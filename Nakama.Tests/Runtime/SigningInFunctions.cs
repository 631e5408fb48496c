using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>What game logic does with accounts, what users sign in with, and their logins.</summary>
public sealed class SigningInFunctions(ScriptedNode node) : IClassFixture<ScriptedNode>
{
    private const string Nobody = "00112233-4455-6677-8899-aabbccddeeff";

    [Fact]
    public async Task An_account_is_made_once_and_found_afterwards()
    {
        var (device, name) = (Unique.Id(), Unique.Name());
        var call = $"local id, name, created = nk.authenticate_device('{device}', '{name}') return {{ name, created, nk.account_get_id(id).devices[1].id }}";

        Assert.Equal($"""["{name}",true,"{device}"]""", await node.RunAsync(call));
        Assert.Equal($"""["{name}",false,"{device}"]""", await node.RunAsync(call));

        var custom = Unique.Name("custom");
        Assert.Equal("[true,false]", await node.RunAsync(
            $"local id, _, first = nk.authenticate_custom('{custom}') local same, _, second = nk.authenticate_custom('{custom}') if id ~= same then return 'two' end return {{ first, second }}"));
    }

    [Fact]
    public async Task An_address_in_any_case_and_a_username_lead_to_the_same_account()
    {
        var (email, name) = (Unique.Email(), Unique.Name());

        Assert.Equal("[true,false,false]", await node.RunAsync($$"""
            local a, _, first = nk.authenticate_email('{{email.ToUpperInvariant()}}', 'password1', '{{name}}')
            local b, _, second = nk.authenticate_email('{{email}}', 'password1')
            local c, _, third = nk.authenticate_email(nil, 'password1', '{{name}}')
            if a ~= b or b ~= c then return 'several' end
            return { first, second, third }
            """));
        Assert.Equal("error authenticating: rpc error: code = Unauthenticated desc = Invalid credentials.", await node.FailAsync(
            $"nk.authenticate_email('{email}', 'password2')"));
    }

    [Theory]
    [InlineData("nk.authenticate_device('0123456789', nil, false)", "error authenticating: rpc error: code = NotFound desc = User account not found.")]
    [InlineData("nk.authenticate_device('short')", "bad argument #1 to authenticate_device (expects id to be valid, must be 10-128 bytes)")]
    [InlineData("nk.authenticate_device('with a blank')", "bad argument #1 to authenticate_device (expects id to be valid, no spaces or control characters allowed)")]
    [InlineData("nk.authenticate_device('')", "bad argument #1 to authenticate_device (expects id string)")]
    [InlineData("nk.authenticate_custom('short')", "bad argument #1 to authenticate_custom (expects id to be valid, must be 6-128 bytes)")]
    [InlineData("nk.authenticate_custom('long enough', ('x'):rep(129))", "bad argument #1 to authenticate_custom (expects id to be valid, no spaces or control characters allowed)")]
    [InlineData("nk.authenticate_custom('longenough', ('x'):rep(129))", "bad argument #2 to authenticate_custom (expects id to be valid, must be 1-128 bytes)")]
    [InlineData("nk.authenticate_custom('longenough', 'a\\nb')", "bad argument #2 to authenticate_custom (expects username to be valid, no spaces or control characters allowed)")]
    [InlineData("nk.authenticate_email('no address', 'password1')", "bad argument #1 to authenticate_email (expects email to be valid, no spaces or control characters allowed)")]
    [InlineData("nk.authenticate_email('noaddress1', 'password1')", "bad argument #1 to authenticate_email (expects email to be valid, invalid email address format)")]
    [InlineData("nk.authenticate_email('a@b.c', 'password1')", "bad argument #1 to authenticate_email (expects email to be valid, must be 10-255 bytes)")]
    [InlineData("nk.authenticate_email('someone@example.com', 'short')", "bad argument #2 to authenticate_email (expects password to be valid, must be longer than 8 characters)")]
    [InlineData("nk.authenticate_email(nil, 'password1')", "bad argument #3 to authenticate_email (expects username string when email is not supplied)")]
    [InlineData("nk.authenticate_apple('x')", "error authenticating: rpc error: code = FailedPrecondition desc = Apple authentication is not configured.")]
    [InlineData("nk.authenticate_steam('x')", "error authenticating: rpc error: code = FailedPrecondition desc = Steam authentication is not configured.")]
    [InlineData("nk.authenticate_google('')", "bad argument #1 to authenticate_google (expects ID token string)")]
    [InlineData("nk.authenticate_facebook_instant_game('x')", "error authenticating: rpc error: code = DataLoss desc = Error extracting the Facebook Instant Game player ID or validating the signature")]
    [InlineData("nk.authenticate_game_center('p', 'b', 0, 's', 's', 'u')", "bad argument #3 to authenticate_game_center (expects timestamp value)")]
    public async Task Nobody_is_let_in_with_less(string code, string message) => Assert.Equal(message, await node.FailAsync(code));

    [Fact]
    public async Task Ways_to_sign_in_are_added_and_taken_away_but_not_the_last()
    {
        var (player, other) = (await PlayerAsync(), await PlayerAsync());
        var (custom, email) = (Unique.Name("custom"), Unique.Email());

        Assert.Equal($$"""{"custom":"{{custom}}","email":"{{email}}"}""", await node.RunAsync($$"""
            nk.link_custom('{{player.UserId}}', '{{custom}}')
            nk.link_email('{{player.UserId}}', '{{email.ToUpperInvariant()}}', 'password1')
            nk.unlink_device('{{player.UserId}}', '{{player.DeviceId}}')
            local account = nk.account_get_id('{{player.UserId}}')
            return { custom = account.custom_id, email = account.email, devices = account.devices }
            """));
        Assert.Equal("error linking: rpc error: code = AlreadyExists desc = Custom ID is already in use.", await node.FailAsync(
            $"nk.link_custom('{other.UserId}', '{custom}')"));
        Assert.Equal("error unlinking: rpc error: code = PermissionDenied desc = Cannot unlink last account identifier. Check profile exists and is not last link.", await node.FailAsync(
            $"nk.unlink_email('{player.UserId}', 'another@example.com')"));
        Assert.Equal("error unlinking: rpc error: code = PermissionDenied desc = Cannot unlink last account identifier. Check profile exists and is not last link.", await node.FailAsync(
            $"nk.unlink_email('{player.UserId}') nk.unlink_custom('{player.UserId}')"));
        Assert.Equal($"\"{custom}\"", await node.RunAsync($"return nk.account_get_id('{player.UserId}').custom_id"));
    }

    [Theory]
    [InlineData("nk.link_device('x', '0123456789')", "bad argument #1 to link_device (user ID must be a valid identifier)")]
    [InlineData("nk.link_device('" + Nobody + "', 'short')", "error linking: rpc error: code = InvalidArgument desc = Device ID invalid, must be 10-128 bytes.")]
    [InlineData("nk.link_custom('" + Nobody + "', 'short')", "error linking: rpc error: code = InvalidArgument desc = Invalid custom ID, must be 6-128 bytes.")]
    [InlineData("nk.unlink_device('" + Nobody + "')", "bad argument #2 to unlink_device (string expected, got nil)")]
    [InlineData("nk.link_email('" + Nobody + "', 'a@example.com', 'short')", "error linking: rpc error: code = InvalidArgument desc = Password must be at least 8 characters long.")]
    [InlineData("nk.link_email('" + Nobody + "', 'bad', 'password1')", "error linking: rpc error: code = InvalidArgument desc = Invalid email address format.")]
    [InlineData("nk.link_apple('" + Nobody + "', 'x')", "error linking: rpc error: code = FailedPrecondition desc = Apple authentication is not configured.")]
    [InlineData("nk.link_steam('" + Nobody + "', 'name', 'x')", "error linking: rpc error: code = FailedPrecondition desc = Steam authentication is not configured.")]
    [InlineData("nk.link_facebook_instant_game('" + Nobody + "', 'x')", "error linking: rpc error: code = Unauthenticated desc = Could not authenticate Facebook Instant Game profile.")]
    [InlineData("nk.link_gamecenter('" + Nobody + "', 'p', 'b', 1, 's', 's')", "bad argument #7 to link_gamecenter (string expected, got nil)")]
    [InlineData("nk.unlink_google('" + Nobody + "')", "error unlinking: rpc error: code = PermissionDenied desc = Cannot unlink last account identifier. Check profile exists and is not last link.")]
    [InlineData("nk.unlink_gamecenter('" + Nobody + "')", "error unlinking: rpc error: code = PermissionDenied desc = Cannot unlink last account identifier. Check profile exists and is not last link.")]
    public async Task What_cannot_be_linked_is_told(string code, string message) => Assert.Equal(message, await node.FailAsync(code));

    [Fact]
    public async Task A_profile_changes_where_a_value_is_given()
    {
        var player = await PlayerAsync();

        Assert.Equal("""["Shown","","en","Rome",{"level":2}]""", await node.RunAsync($$"""
            nk.account_update_id('{{player.UserId}}', { level = 1, old = true }, nil, 'Shown', '', 'Rome')
            nk.account_update_id('{{player.UserId}}', { level = 2 }, '', '', nil, nil, '', '')
            local a = nk.account_get_id('{{player.UserId}}')
            if a.username ~= '{{player.Username}}' then return a.username end
            return { a.display_name, a.timezone, a.lang_tag, a.location, a.metadata }
            """));
    }

    [Fact]
    public async Task A_taken_name_stays_with_its_owner()
    {
        var (player, other) = (await PlayerAsync(), await PlayerAsync());

        Assert.Equal("error while trying to update user: rpc error: code = AlreadyExists desc = Username is already in use.", await node.FailAsync(
            $"nk.account_update_id('{player.UserId}', nil, '{other.Username}')"));
    }

    [Fact]
    public async Task Accounts_are_found_by_ids_and_devices_and_users_by_chance()
    {
        var (first, second) = (await PlayerAsync(), await PlayerAsync());

        Assert.Equal("[2,1,0]", await node.RunAsync($$"""
            return { #nk.accounts_get_id({ '{{first.UserId}}', '{{Nobody}}' }, { '{{second.DeviceId}}', '{{first.DeviceId}}' }),
              #nk.accounts_get_id(nil, { '{{first.DeviceId}}' }), #nk.accounts_get_id() }
            """));
        Assert.Equal("[2,0,0]", await node.RunAsync("return { #nk.users_get_random(2), #nk.users_get_random(0), #nk.users_get_random() }"));
        Assert.Equal("bad argument #1 to users_get_random (count must be 0-1000)", await node.FailAsync("nk.users_get_random(1001)"));
        Assert.Equal("bad argument #2 to accounts_get_id (invalid device ids list)", await node.FailAsync("nk.accounts_get_id(nil, {})"));
    }

    [Fact]
    public async Task A_deleted_account_is_gone()
    {
        var player = await PlayerAsync();

        await node.RunAsync($"nk.account_delete_id('{player.UserId}', true)");

        Assert.Equal($"failed to get account for user_id {player.UserId}: account not found", await node.FailAsync($"nk.account_get_id('{player.UserId}')"));
        Assert.Equal("error while trying to delete account: cannot delete the system user", await node.FailAsync(
            "nk.account_delete_id('00000000-0000-0000-0000-000000000000')"));
    }

    [Fact]
    public async Task A_banned_user_is_kept_out_until_the_ban_is_lifted()
    {
        var player = await PlayerAsync();

        await node.RunAsync($"nk.users_ban_id({{ '{player.UserId}' }})");
        Assert.Equal("error authenticating: rpc error: code = PermissionDenied desc = User account banned.", await node.FailAsync(
            $"nk.authenticate_device('{player.DeviceId}')"));

        Assert.Equal("false", await node.RunAsync(
            $"nk.users_unban_id({{ '{player.UserId}' }}) local _, _, created = nk.authenticate_device('{player.DeviceId}') return created"));
        Assert.Equal("bad argument #1 to users_ban_id (each user id must be a valid id string)", await node.FailAsync("nk.users_ban_id({ 'x' })"));
    }

    [Fact]
    public async Task A_logout_ends_the_login_of_the_tokens()
    {
        var (player, other) = (await PlayerAsync(), await PlayerAsync());

        Assert.Equal("failed to logout: rpc error: code = InvalidArgument desc = Session token invalid.", await node.FailAsync(
            $"nk.session_logout('{player.UserId}', '{other.Token}')"));
        Assert.Equal(200, (await node.Server.SendAsync(player.Bearer, HttpMethod.Get, "/v2/account")).Status);

        await node.RunAsync($"nk.session_logout('{player.UserId}', '{player.Token}', '{player.RefreshToken}')");
        Assert.Equal(401, (await node.Server.SendAsync(player.Bearer, HttpMethod.Get, "/v2/account")).Status);
        Assert.Equal(200, (await node.Server.SendAsync(other.Bearer, HttpMethod.Get, "/v2/account")).Status);
    }

    private Task<TestPlayer> PlayerAsync() => node.Server.Server.AuthenticateAsync();
}
