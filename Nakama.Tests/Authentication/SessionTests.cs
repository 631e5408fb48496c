using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Accounts;
using Nakama.Server.Security;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Authentication;

public sealed class SessionTests : IAsyncLifetime
{
    private const string Refresh = "/v2/account/session/refresh";
    private const string Logout = "POST /v2/session/logout";

    private readonly TestTimeProvider _clock = new();
    private TestServer _server = null!;

    public async Task InitializeAsync() =>
        _server = await TestServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(_clock));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Refreshing_goes_on_with_the_login_under_the_current_name()
    {
        var player = await _server.AuthenticateAsync();
        var renamed = Unique.Name();
        (await _server.AsAsync(player.Token, "PUT /v2/account", new { username = renamed })).Ok();
        _clock.Advance(TimeSpan.FromSeconds(30));

        var answer = (await _server.WithKeyAsync(Refresh, new { token = player.RefreshToken, vars = new { x = "y" } })).Ok();
        var cleared = (await _server.WithKeyAsync(Refresh, new { token = answer.Text("refresh_token"), vars = new { } })).Ok();

        var (old, fresh, last) = (Read(player.Token), Read(answer.Text("token")), Read(cleared.Text("token")));
        Assert.Equal((old.Id, old.IssuedAt, renamed, old.Expiry + 30), (fresh.Id, fresh.IssuedAt, fresh.Username, fresh.Expiry));
        Assert.Equal("y", fresh.Vars["x"]);
        Assert.Equal("y", last.Vars["x"]);
        Assert.False(answer.Body.TryGetProperty("created", out _));
    }

    [Fact]
    public async Task Refreshing_within_a_second_gives_tokens_of_their_own_that_say_the_same()
    {
        var player = await _server.AuthenticateAsync();

        var first = (await _server.WithKeyAsync(Refresh, new { token = player.RefreshToken })).Ok();
        var second = (await _server.WithKeyAsync(Refresh, new { token = player.RefreshToken })).Ok();
        var third = (await _server.WithKeyAsync(Refresh, new { token = second.Text("refresh_token") })).Ok();

        string[] tokens = [player.Token, first.Text("token"), second.Text("token"), third.Text("token")];
        Assert.Equal(4, tokens.Distinct().Count());
        Assert.Equal(4, new[] { player.RefreshToken, first.Text("refresh_token"), second.Text("refresh_token"), third.Text("refresh_token") }.Distinct().Count());
        Assert.Single(tokens.Select(token => (Read(token).Id, Read(token).UserId, Read(token).Username, Read(token).Expiry, Read(token).IssuedAt)).Distinct());
        foreach (var token in tokens) (await _server.AsAsync(token, "GET /v2/account")).Ok();
    }

    [Fact]
    public async Task What_cannot_be_refreshed_is_refused()
    {
        var player = await _server.AuthenticateAsync();

        (await _server.WithKeyAsync(Refresh, new { })).Refused(400, 3, "Refresh token is required.");
        (await _server.WithKeyAsync(Refresh, new { token = "garbage" })).Refused(401, 16, "Refresh token invalid or expired.");
        (await _server.WithKeyAsync(Refresh, new { token = player.Token })).Refused(401, 16, "Refresh token invalid or expired.");

        _clock.Advance(TimeSpan.FromSeconds(3600));
        (await _server.WithKeyAsync(Refresh, new { token = player.RefreshToken })).Refused(401, 16, "Refresh token invalid or expired.");
    }

    [Fact]
    public async Task The_banned_and_the_gone_cannot_refresh()
    {
        var (banned, gone) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());
        await _server.Services.GetRequiredService<AccountBans>().BanAsync([banned.UserId], CancellationToken.None);
        await _server.Services.GetRequiredService<AccountDeletion>().DeleteAsync(gone.UserId, false, CancellationToken.None);

        // In the second of its issue a token outlives the revocation, so the account itself is what is missing.
        (await _server.WithKeyAsync(Refresh, new { token = banned.RefreshToken })).Refused(403, 7, "User account banned.");
        (await _server.WithKeyAsync(Refresh, new { token = gone.RefreshToken })).Refused(404, 5, "User account not found.");
    }

    [Fact]
    public async Task Logging_out_of_a_session_token_poisons_its_login_only()
    {
        var player = await _server.AuthenticateAsync();
        var other = await SignInAgainAsync(player);

        (await _server.AsAsync(player.Token, Logout, new { token = player.Token })).Ok();

        (await _server.AsAsync(player.Token, "GET /v2/account")).Refused(401, 16, "Auth token invalid");
        var refreshed = (await _server.WithKeyAsync(Refresh, new { token = player.RefreshToken })).Ok();
        (await _server.AsAsync(refreshed.Text("token"), "GET /v2/account")).Refused(401, 16, "Auth token invalid");
        (await _server.AsAsync(other.Token, "GET /v2/account")).Ok();
    }

    [Fact]
    public async Task Logging_out_of_a_refresh_token_leaves_the_session_token()
    {
        var player = await _server.AuthenticateAsync();

        (await _server.AsAsync(player.Token, Logout, new { refresh_token = player.RefreshToken })).Ok();

        (await _server.AsAsync(player.Token, "GET /v2/account")).Ok();
        (await _server.WithKeyAsync(Refresh, new { token = player.RefreshToken })).Refused(401, 16, "Refresh token invalid or expired.");
    }

    [Fact]
    public async Task Logging_out_of_nothing_ends_every_older_login()
    {
        var player = await _server.AuthenticateAsync();
        var other = await SignInAgainAsync(player);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var latest = await SignInAgainAsync(player);

        (await _server.AsAsync(player.Token, Logout, new { })).Ok();

        (await _server.AsAsync(player.Token, "GET /v2/account")).Refused(401, 16, "Auth token invalid");
        (await _server.AsAsync(other.Token, "GET /v2/account")).Refused(401, 16, "Auth token invalid");
        (await _server.AsAsync(latest.Token, "GET /v2/account")).Ok();
    }

    [Fact]
    public async Task Only_ones_own_valid_tokens_can_be_logged_out()
    {
        var (player, other) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());

        (await _server.AsAsync(player.Token, Logout, new { token = other.Token })).Refused(400, 3, "Session token invalid.");
        (await _server.AsAsync(player.Token, Logout, new { token = player.RefreshToken })).Refused(400, 3, "Session token invalid.");
        (await _server.AsAsync(player.Token, Logout, new { refresh_token = other.RefreshToken })).Refused(400, 3, "Refresh token invalid.");
        (await _server.AsAsync(player.Token, Logout, new { token = player.Token, refresh_token = "x" })).Refused(400, 3, "Refresh token invalid.");

        (await _server.AsAsync(player.Token, "GET /v2/account")).Ok();
    }

    [Fact]
    public async Task Where_only_one_session_may_live_a_new_login_ends_the_others()
    {
        var clock = new TestTimeProvider();
        await using var server = await TestServer.StartAsync(
            options => options with { Session = options.Session with { SingleSession = true } },
            builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var player = await server.AuthenticateAsync();
        clock.Advance(TimeSpan.FromSeconds(1));

        var latest = (await server.WithKeyAsync("/v2/account/authenticate/device", new { id = player.DeviceId })).Ok();

        (await server.AsAsync(player.Token, "GET /v2/account")).Refused(401, 16, "Auth token invalid");
        (await server.AsAsync(latest.Text("token"), "GET /v2/account")).Ok();
        (await server.WithKeyAsync(Refresh, new { token = player.RefreshToken })).Refused(401, 16, "Refresh token invalid or expired.");
    }

    private async Task<TestPlayer> SignInAgainAsync(TestPlayer player)
    {
        var answer = (await _server.WithKeyAsync("/v2/account/authenticate/device", new { id = player.DeviceId })).Ok();
        return player with { Token = answer.Text("token"), RefreshToken = answer.Text("refresh_token") };
    }

    private SessionToken Read(string token) => _server.Services.GetRequiredService<SessionTokens>().ReadSession(token)!;
}
