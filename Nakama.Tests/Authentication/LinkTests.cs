using Nakama.Tests.TestHost;

namespace Nakama.Tests.Authentication;

public sealed class LinkTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string LastLink = "Cannot unlink last account identifier. Check profile exists and is not last link.";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Each_further_way_to_sign_in_leads_to_the_same_account()
    {
        var player = await Server.AuthenticateAsync();
        var (device, custom, email) = (Unique.Id(), Unique.Id(), Unique.Email());

        await LinkAsync(player, "device", new { id = device });
        await LinkAsync(player, "custom", new { id = custom });
        await LinkAsync(player, "email", new { email = email.ToUpperInvariant(), password = "password1" });

        var account = (await Server.AsAsync(player.Token, "GET /v2/account")).Ok();
        Assert.Equal((custom, email), (account.Text("custom_id"), account.Text("email")));
        Assert.Equal(
            new[] { device, player.DeviceId }.Order(),
            account.Body.GetProperty("devices").EnumerateArray().Select(d => d.GetProperty("id").GetString()!).Order());
        (await Server.WithKeyAsync("/v2/account/authenticate/email?create=false", new { email, password = "password1" })).Ok();
        (await Server.WithKeyAsync("/v2/account/authenticate/custom?create=false", new { id = custom })).Ok();
        (await Server.WithKeyAsync("/v2/account/authenticate/device?create=false", new { id = device })).Ok();
    }

    [Fact]
    public async Task What_belongs_to_another_is_in_use()
    {
        var (player, other) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var (custom, email) = (Unique.Id(), Unique.Email());
        await LinkAsync(other, "custom", new { id = custom });
        await LinkAsync(other, "email", new { email, password = "password1" });

        (await SendAsync(player, "link/device", new { id = other.DeviceId })).Refused(409, 6, "Device ID already in use.");
        (await SendAsync(player, "link/custom", new { id = custom })).Refused(409, 6, "Custom ID is already in use.");
        (await SendAsync(player, "link/email", new { email, password = "password1" })).Refused(409, 6, "Email is already in use.");
    }

    [Fact]
    public async Task Linking_ones_own_again_succeeds_and_another_id_replaces_the_first()
    {
        var player = await Server.AuthenticateAsync();
        var (first, second) = (Unique.Id(), Unique.Id());

        await LinkAsync(player, "device", new { id = player.DeviceId });
        await LinkAsync(player, "custom", new { id = first });
        await LinkAsync(player, "custom", new { id = second });

        Assert.Equal(second, (await Server.AsAsync(player.Token, "GET /v2/account")).Text("custom_id"));
        (await Server.WithKeyAsync("/v2/account/authenticate/custom?create=false", new { id = first })).Refused(404, 5, "User account not found.");
    }

    [Fact]
    public async Task Bad_credentials_are_refused_with_texts_of_their_own()
    {
        var player = await Server.AuthenticateAsync();

        (await SendAsync(player, "link/device", new { })).Refused(400, 3, "Device ID is required.");
        (await SendAsync(player, "link/device", new { id = "short" })).Refused(400, 3, "Device ID invalid, must be 10-128 bytes.");
        (await SendAsync(player, "link/custom", new { })).Refused(400, 3, "Custom ID is required.");
        (await SendAsync(player, "link/custom", new { id = "a b" })).Refused(400, 3, "Invalid custom ID, no spaces or control characters allowed.");
        (await SendAsync(player, "link/custom", new { id = "abc" })).Refused(400, 3, "Invalid custom ID, must be 6-128 bytes.");
        (await SendAsync(player, "link/email", new { email = "a@example.com" })).Refused(400, 3, "Email address and password is required.");
        (await SendAsync(player, "link/email", new { email = "a b", password = "x" })).Refused(400, 3, "Invalid email address, no spaces or control characters allowed.");
        (await SendAsync(player, "link/email", new { email = "ab", password = "x" })).Refused(400, 3, "Password must be at least 8 characters long.");
        (await SendAsync(player, "link/email", new { email = "ab", password = "password1" })).Refused(400, 3, "Invalid email address format.");
        (await SendAsync(player, "link/email", new { email = "a@b.co", password = "password1" })).Refused(400, 3, "Invalid email address, must be 10-255 bytes.");
        (await SendAsync(player, "link/email", new { email = Unique.Email(), password = new string('x', 73) })).Refused(500, 13, "Error while trying to link email.");
        (await SendAsync(player, "unlink/device", new { })).Refused(400, 3, "A device ID must be supplied.");
    }

    [Fact]
    public async Task Providers_that_are_not_configured_vouch_for_nobody()
    {
        var player = await Server.AuthenticateAsync();
        await LinkAsync(player, "custom", new { id = Unique.Id() });

        (await SendAsync(player, "link/apple", new { token = "x" })).Refused(400, 9, "Apple authentication is not configured.");
        (await SendAsync(player, "link/steam", new { account = new { token = "x" } })).Refused(400, 9, "Steam authentication is not configured.");
        (await SendAsync(player, "unlink/apple", new { token = "x" })).Refused(401, 16, "Could not authenticate Apple profile.");
        (await SendAsync(player, "unlink/steam", new { token = "x" })).Refused(401, 16, "Could not authenticate Steam profile.");
        (await SendAsync(player, "unlink/apple", new { })).Ok();
        (await Server.AsAsync(player.Token, "POST /v2/friend/steam", new { })).Refused(400, 9, "Steam authentication is not configured.");
    }

    [Fact]
    public async Task The_last_way_to_sign_in_stays()
    {
        var player = await Server.AuthenticateAsync();

        (await SendAsync(player, "unlink/device", new { id = player.DeviceId })).Refused(403, 7, LastLink);
        await LinkAsync(player, "custom", new { id = Unique.Id() });
        (await SendAsync(player, "unlink/device", new { id = player.DeviceId })).Ok();
        (await SendAsync(player, "unlink/custom", new { })).Refused(403, 7, LastLink);
        await LinkAsync(player, "email", new { email = Unique.Email(), password = "password1" });
        (await SendAsync(player, "unlink/custom", new { })).Ok();
        (await SendAsync(player, "unlink/email", new { })).Refused(403, 7, LastLink);
    }

    [Fact]
    public async Task A_named_credential_must_be_the_linked_one()
    {
        var (player, other) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var (custom, email) = (Unique.Id(), Unique.Email());
        await LinkAsync(player, "custom", new { id = custom });
        await LinkAsync(player, "email", new { email, password = "password1" });

        (await SendAsync(player, "unlink/device", new { id = other.DeviceId })).Refused(403, 7, LastLink);
        (await SendAsync(player, "unlink/custom", new { id = custom + "x" })).Refused(403, 7, LastLink);
        (await SendAsync(player, "unlink/email", new { email = "x" + email })).Refused(403, 7, LastLink);
        (await SendAsync(player, "unlink/custom", new { id = custom })).Ok();
        (await SendAsync(player, "unlink/email", new { email = email.ToUpperInvariant() })).Ok();
        (await SendAsync(player, "unlink/email", new { })).Ok();
    }

    [Fact]
    public async Task Of_two_devices_removed_at_once_one_stays()
    {
        for (var round = 0; round < 5; round++)
        {
            var player = await Server.AuthenticateAsync();
            var second = Unique.Id();
            await LinkAsync(player, "device", new { id = second });

            var answers = await Task.WhenAll(
                SendAsync(player, "unlink/device", new { id = player.DeviceId }), SendAsync(player, "unlink/device", new { id = second }));

            Assert.Single(answers, answer => answer.Status == System.Net.HttpStatusCode.OK);
            Assert.Single((await Server.AsAsync(player.Token, "GET /v2/account")).Body.GetProperty("devices").EnumerateArray());
        }
    }

    [Fact]
    public async Task One_id_linked_by_many_at_once_belongs_to_one()
    {
        var custom = Unique.Id();
        var players = new List<TestPlayer>();
        for (var i = 0; i < 8; i++) players.Add(await Server.AuthenticateAsync());

        var answers = await Task.WhenAll(players.Select(player => SendAsync(player, "link/custom", new { id = custom })));

        Assert.Single(answers, answer => answer.Status == System.Net.HttpStatusCode.OK);
    }

    private async Task LinkAsync(TestPlayer player, string what, object body) => (await SendAsync(player, "link/" + what, body)).Ok();

    private Task<ApiAnswer> SendAsync(TestPlayer player, string path, object body) =>
        Server.AsAsync(player.Token, "POST /v2/account/" + path, body);
}
