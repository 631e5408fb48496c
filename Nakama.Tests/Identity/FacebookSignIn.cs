using System.Text.Json.Nodes;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Identity;

[Collection(nameof(SocialTests))]
public sealed class FacebookSignIn
{
    private const string Refused = "Could not authenticate Facebook profile.";

    private readonly SocialFixture _fixture;

    public FacebookSignIn(SocialFixture fixture)
    {
        _fixture = fixture;
        fixture.Begin();
    }

    [Fact]
    public async Task A_token_of_the_Graph_API_makes_an_account_with_name_picture_and_address()
    {
        var (id, token, email) = (Unique.Id(), Unique.Id(), "Ben." + Unique.Email());
        _fixture.Providers.GraphProfiles[token] = Profile(id, "Ben", email);

        var first = (await _fixture.AuthenticateAsync("facebook", new { token })).Ok();
        var second = (await _fixture.AuthenticateAsync("facebook", new { token }, "?create=false")).Ok();

        var account = await _fixture.AccountAsync(second);
        var user = account.GetProperty("user");
        Assert.True(first.Body.GetProperty("created").GetBoolean());
        Assert.Equal(email, account.GetProperty("email").GetString());
        Assert.Equal(
            (id, "Ben", "https://pictures.example/Ben"),
            (user.GetProperty("facebook_id").GetString(), user.GetProperty("display_name").GetString(), user.GetProperty("avatar_url").GetString()));
        var found = (await _fixture.Server.AsAsync(second.Text("token"), $"GET /v2/user?facebook_ids={id}")).Ok();
        Assert.Equal(user.GetProperty("id").GetString(), Assert.Single(found.Body.GetProperty("users").EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_token_of_Limited_Login_makes_one_too()
    {
        var sub = Unique.Id();
        var claims = _fixture.FacebookClaims(sub);
        var token = TokenMaker.Published().Token(claims);
        claims["iss"] = "https://facebook.com";

        (await _fixture.AuthenticateAsync("facebook", new { token })).Ok();
        var second = (await _fixture.AuthenticateAsync("facebook", new { token = TokenMaker.Published().Token(claims) }, "?create=false&sync=true")).Ok();

        var user = (await _fixture.AccountAsync(second)).GetProperty("user");
        Assert.Equal(
            (sub, "Anna", "https://pictures.example/anna"),
            (user.GetProperty("facebook_id").GetString(), user.GetProperty("display_name").GetString(), user.GetProperty("avatar_url").GetString()));
    }

    [Fact]
    public async Task An_address_that_someone_has_is_left_out_and_too_long_a_picture_as_well()
    {
        var (token, email) = (Unique.Id(), Unique.Email());
        _fixture.Providers.GraphProfiles[token] = Profile(Unique.Id(), "Anna", email);
        (await _fixture.AuthenticateAsync("facebook", new { token })).Ok();
        var profile = Profile(Unique.Id(), "Ben", email);
        profile["picture"]!["data"]!["url"] = "https://pictures.example/" + new string('x', 500);
        _fixture.Providers.GraphProfiles[token] = profile;

        var account = await _fixture.AccountAsync((await _fixture.AuthenticateAsync("facebook", new { token })).Ok());

        Assert.False(account.TryGetProperty("email", out _));
        Assert.False(account.GetProperty("user").TryGetProperty("avatar_url", out _));
    }

    [Fact]
    public async Task Tokens_that_nobody_knows_are_refused()
    {
        var sub = Unique.Id();
        var good = TokenMaker.Published().Token(_fixture.FacebookClaims(sub));
        var expired = _fixture.FacebookClaims(sub);
        expired["exp"] = _fixture.Clock.GetUtcNow().ToUnixTimeSeconds() - 1;

        (await _fixture.AuthenticateAsync("facebook", new { })).Refused(400, 3, "Facebook access token is required.");
        (await _fixture.AuthenticateAsync("facebook", new { token = Unique.Id() })).Refused(401, 16, Refused);
        (await _fixture.AuthenticateAsync("facebook", new { token = "a&fields=id #?\0" })).Refused(401, 16, Refused);
        (await _fixture.AuthenticateAsync("facebook", new { token = TokenMaker.Other("key-1").Token(_fixture.FacebookClaims(sub)) })).Refused(401, 16, Refused);
        (await _fixture.AuthenticateAsync("facebook", new { token = TokenMaker.Published().Token(expired) })).Refused(401, 16, Refused);
        (await _fixture.AuthenticateAsync("facebook", new { token = TokenMaker.Published().Token(_fixture.AppleClaims(sub)) })).Refused(401, 16, Refused);

        await _fixture.NobodyAsync("facebook", new { token = good });
    }

    [Fact]
    public async Task A_Facebook_that_does_not_answer_is_waited_for_five_seconds()
    {
        var token = Unique.Id();
        _fixture.Providers.GraphProfiles[token] = Profile(Unique.Id(), "Ben", "");
        _fixture.Providers.Silence = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _fixture.Providers.Fault = Fault.StaysSilent;

        var signingIn = _fixture.AuthenticateAsync("facebook", new { token });
        await _fixture.Providers.Silence.Task;
        _fixture.Clock.Advance(TimeSpan.FromSeconds(5));

        (await signingIn).Refused(401, 16, Refused);
    }

    internal static JsonObject Profile(string id, string name, string email, string app = "1234") => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["email"] = email,
        ["app"] = app,
        ["picture"] = new JsonObject { ["data"] = new JsonObject { ["url"] = "https://pictures.example/" + name } },
    };
}
