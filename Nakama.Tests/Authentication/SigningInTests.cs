using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Accounts;
using Nakama.Server.Security;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Authentication;

public sealed class SigningInTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Device = "/v2/account/authenticate/device";
    private const string Custom = "/v2/account/authenticate/custom";
    private const string Email = "/v2/account/authenticate/email";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task The_first_login_of_a_device_makes_an_account_and_later_ones_find_it()
    {
        var (device, name) = (Unique.Id(), Unique.Name());

        var first = (await Server.WithKeyAsync($"{Device}?username={name}", new { id = device, vars = new { k = "v" } })).Ok();
        var second = (await Server.WithKeyAsync($"{Device}?create=false&username=ignored", new { id = device })).Ok();

        Assert.True(first.Body.GetProperty("created").GetBoolean());
        Assert.False(second.Body.TryGetProperty("created", out _));
        var (one, two) = (Read(first), Read(second));
        Assert.Equal((one.UserId, name), (two.UserId, two.Username));
        Assert.NotEqual(one.Id, two.Id);
        Assert.Equal("v", one.Vars["k"]);
        Assert.Empty(two.Vars);
    }

    [Fact]
    public async Task Whoever_wants_no_username_gets_ten_letters()
    {
        var session = (await Server.WithKeyAsync(Device, new { id = Unique.Id() })).Ok();

        Assert.Matches("^[a-zA-Z]{10}$", Read(session).Username);
    }

    [Theory]
    [InlineData("", "Device ID is required.")]
    [InlineData("has space in it", "Device ID invalid, no spaces or control characters allowed.")]
    [InlineData("short", "Device ID invalid, must be 10-128 bytes.")]
    [InlineData("äääää\u0001", "Device ID invalid, no spaces or control characters allowed.")]
    public async Task A_bad_device_id_is_refused(string id, string message) =>
        (await Server.WithKeyAsync(Device, new { id })).Refused(400, 3, message);

    [Fact]
    public async Task The_credential_is_judged_before_the_username()
    {
        (await Server.WithKeyAsync($"{Device}?username=a%5B%5Db", new { id = "short" })).Refused(400, 3, "Device ID invalid, must be 10-128 bytes.");
        (await Server.WithKeyAsync($"{Device}?username=a%5B%5Db", new { id = Unique.Id() }))
            .Refused(400, 3, "Username invalid, no spaces or control characters allowed.");
        (await Server.WithKeyAsync($"{Device}?username={new string('y', 129)}", new { id = Unique.Id() }))
            .Refused(400, 3, "Username invalid, must be 1-128 bytes.");
    }

    [Fact]
    public async Task Nobody_is_created_who_must_not_be() =>
        (await Server.WithKeyAsync($"{Device}?create=false", new { id = Unique.Id() })).Refused(404, 5, "User account not found.");

    [Fact]
    public async Task A_username_belongs_to_one_account_only()
    {
        var name = Unique.Name();
        (await Server.WithKeyAsync($"{Device}?username={name}", new { id = Unique.Id() })).Ok();

        (await Server.WithKeyAsync($"{Device}?username={name}", new { id = Unique.Id() })).Refused(409, 6, "Username is already in use.");
        (await Server.WithKeyAsync($"{Custom}?username={name}", new { id = Unique.Id() })).Refused(409, 6, "Username is already in use.");
        (await Server.WithKeyAsync($"{Device}?username={name.ToUpperInvariant()}", new { id = Unique.Id() })).Ok();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Twenty_first_logins_at_once_make_one_account(bool sameName)
    {
        var (device, name) = (Unique.Id(), Unique.Name());

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Server.WithKeyAsync(sameName ? $"{Device}?username={name}" : Device, new { id = device })));

        var sessions = answers.Select(answer => Read(answer.Ok())).ToList();
        Assert.Single(sessions.Select(session => session.UserId).Distinct());
        Assert.Equal(20, sessions.Select(session => session.Id).Distinct().Count());
        Assert.Single(answers, answer => answer.Body.TryGetProperty("created", out _));
    }

    [Fact]
    public async Task A_custom_id_signs_in_like_a_device()
    {
        var id = Unique.Id();

        var first = Read((await Server.WithKeyAsync(Custom, new { id })).Ok());
        var second = Read((await Server.WithKeyAsync(Custom, new { id })).Ok());

        Assert.Equal(first.UserId, second.UserId);
        (await Server.WithKeyAsync(Custom, new { })).Refused(400, 3, "Custom ID is required.");
        (await Server.WithKeyAsync(Custom, new { id = "a b c d" })).Refused(400, 3, "Custom ID invalid, no spaces or control characters allowed.");
        (await Server.WithKeyAsync(Custom, new { id = "abcde" })).Refused(400, 3, "Custom ID invalid, must be 6-128 bytes.");
        (await Server.WithKeyAsync($"{Custom}?create=false", new { id = Unique.Id() })).Refused(404, 5, "User account not found.");
    }

    [Fact]
    public async Task An_address_is_the_same_in_any_case_and_needs_its_password()
    {
        var (email, name) = (Unique.Email(), Unique.Name());

        var first = Read((await Server.WithKeyAsync($"{Email}?username={name}", new { email = email.ToUpperInvariant(), password = "password1" })).Ok());
        var second = Read((await Server.WithKeyAsync(Email, new { email, password = "password1" })).Ok());
        var byName = Read((await Server.WithKeyAsync($"{Email}?username={name}", new { password = "password1" })).Ok());

        Assert.Equal([first.UserId, first.UserId], new[] { second.UserId, byName.UserId });
        (await Server.WithKeyAsync(Email, new { email, password = "password2" })).Refused(401, 16, "Invalid credentials.");
        (await Server.WithKeyAsync($"{Email}?username={name}", new { password = "password2" })).Refused(401, 16, "Invalid credentials.");
        (await Server.WithKeyAsync($"{Email}?username={Unique.Name()}", new { password = "password1" })).Refused(404, 5, "User account not found.");
    }

    [Fact]
    public async Task The_checks_of_addresses_have_an_order()
    {
        (await Server.WithKeyAsync(Email, null)).Refused(400, 3, "Email address and password is required.");
        (await Server.WithKeyAsync(Email, new { email = "a b", password = "x" })).Refused(400, 3, "Invalid email address, no spaces or control characters allowed.");
        (await Server.WithKeyAsync(Email, new { email = "nobody", password = "x" })).Refused(400, 3, "Invalid email address format.");
        (await Server.WithKeyAsync(Email, new { email = "a@b.co", password = "x" })).Refused(400, 3, "Invalid email address, must be 10-255 bytes.");
        (await Server.WithKeyAsync(Email, new { email = "someone@example.com", password = "1234567" })).Refused(400, 3, "Password must be at least 8 characters long.");
        (await Server.WithKeyAsync(Email, new { password = "12345678" })).Refused(400, 3, "Username is required when email address is not supplied.");
        (await Server.WithKeyAsync($"{Email}?username=%07", new { password = "12345678" })).Refused(400, 3, "Username invalid, no spaces or control characters allowed.");
    }

    [Fact]
    public async Task A_password_over_72_bytes_makes_no_account()
    {
        var email = Unique.Email();

        (await Server.WithKeyAsync(Email, new { email, password = new string('x', 73) })).Refused(500, 13, "Error finding or creating user account.");

        (await Server.WithKeyAsync($"{Email}?create=false", new { email, password = "password1" })).Refused(404, 5, "User account not found.");
    }

    [Fact]
    public async Task A_banned_user_is_refused_even_before_the_password_is_looked_at()
    {
        var email = Unique.Email();
        var user = Read((await Server.WithKeyAsync(Email, new { email, password = "password1" })).Ok());
        var bans = Server.Services.GetRequiredService<AccountBans>();

        await bans.BanAsync([user.UserId], CancellationToken.None);
        (await Server.WithKeyAsync(Email, new { email, password = "wrong password" })).Refused(403, 7, "User account banned.");

        await bans.UnbanAsync([user.UserId], CancellationToken.None);
        (await Server.WithKeyAsync(Email, new { email, password = "password1" })).Ok();
    }

    private SessionToken Read(ApiAnswer answer) =>
        Server.Services.GetRequiredService<SessionTokens>().ReadSession(answer.Text("token"))!;
}
