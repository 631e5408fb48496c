using System.Text.Json.Nodes;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Identity;

[Collection(nameof(SocialTests))]
public sealed class GoogleSignIn
{
    private const string Refused = "Could not authenticate Google profile.";

    private readonly SocialFixture _fixture;

    public GoogleSignIn(SocialFixture fixture)
    {
        _fixture = fixture;
        fixture.Begin();
    }

    [Fact]
    public async Task An_ID_token_makes_an_account_with_name_picture_and_address()
    {
        var (sub, email) = (Unique.Id(), "Anna." + Unique.Email());
        var claims = _fixture.GoogleClaims(sub);
        claims["email"] = email;
        var token = TokenMaker.Published().Token(claims);

        var first = (await _fixture.AuthenticateAsync("google", new { token })).Ok();
        claims["iss"] = "accounts.google.com";
        var second = (await _fixture.AuthenticateAsync("google", new { token = TokenMaker.Published().Token(claims) }, "?create=false")).Ok();

        var account = await _fixture.AccountAsync(second);
        var user = account.GetProperty("user");
        Assert.True(first.Body.GetProperty("created").GetBoolean());
        Assert.Equal(email, account.GetProperty("email").GetString());
        Assert.Equal(
            (sub, "Anna", "https://pictures.example/anna"),
            (user.GetProperty("google_id").GetString(), user.GetProperty("display_name").GetString(), user.GetProperty("avatar_url").GetString()));
    }

    [Fact]
    public async Task A_later_sign_in_fills_the_name_and_the_picture_that_are_missing_and_no_others()
    {
        var sub = Unique.Id();
        var bare = _fixture.GoogleClaims(sub);
        bare.Remove("name");
        bare["picture"] = new string('x', 600);
        var session = (await _fixture.AuthenticateAsync("google", new { token = TokenMaker.Published().Token(bare) })).Ok();
        Assert.False((await _fixture.AccountAsync(session)).GetProperty("user").TryGetProperty("avatar_url", out _));
        (await _fixture.Server.AsAsync(session.Text("token"), "PUT /v2/account", new { display_name = "Own" })).Ok();

        session = (await _fixture.AuthenticateAsync("google", new { token = TokenMaker.Published().Token(_fixture.GoogleClaims(sub)) })).Ok();

        var user = (await _fixture.AccountAsync(session)).GetProperty("user");
        Assert.Equal(
            ("Own", "https://pictures.example/anna"), (user.GetProperty("display_name").GetString(), user.GetProperty("avatar_url").GetString()));
    }

    [Fact]
    public async Task What_is_not_Googles_word_in_time_is_refused_and_makes_no_account()
    {
        var sub = Unique.Id();
        Dictionary<string, object> With(string name, object value) => new(_fixture.GoogleClaims(sub)) { [name] = value };
        Dictionary<string, object> Without(string name) => _fixture.GoogleClaims(sub).Where(claim => claim.Key != name).ToDictionary();
        var now = _fixture.Clock.GetUtcNow().ToUnixTimeSeconds();

        string[] bad =
        [
            TokenMaker.Other("key-1").Token(_fixture.GoogleClaims(sub)), TokenMaker.Published("key-9").Token(_fixture.GoogleClaims(sub)),
            TokenMaker.Published().Token(_fixture.GoogleClaims(sub), algorithm: "RS512"),
            TokenMaker.Published().Token(With("iss", "https://appleid.apple.com")), TokenMaker.Published().Token(With("exp", now)),
            TokenMaker.Published().Token(Without("exp")), TokenMaker.Published().Token(Without("sub")),
            TokenMaker.Published().Token(Without("aud")), TokenMaker.Published().Token(Without("azp")),
        ];
        foreach (var token in bad) (await _fixture.AuthenticateAsync("google", new { token })).Refused(401, 16, Refused);

        (await _fixture.AuthenticateAsync("google", new { })).Refused(400, 3, "Google access token is required.");
        await _fixture.NobodyAsync("google", new { token = TokenMaker.Published().Token(_fixture.GoogleClaims(sub)) });
    }

    [Fact]
    public async Task A_code_of_Play_Games_makes_an_account()
    {
        var (code, id) = ("4/0A" + Unique.Id(), Unique.Id());
        _fixture.Providers.PlayGames[code] = new JsonObject
        {
            ["playerId"] = id,
            ["displayName"] = "Ben",
            ["avatarImageUrl"] = "https://pictures.example/ben",
            ["originalPlayerId"] = id,
        };

        var session = (await _fixture.AuthenticateAsync("google", new { token = code })).Ok();

        var user = (await _fixture.AccountAsync(session)).GetProperty("user");
        Assert.Equal(
            (id, "Ben", "https://pictures.example/ben"),
            (user.GetProperty("google_id").GetString(), user.GetProperty("display_name").GetString(), user.GetProperty("avatar_url").GetString()));
        (await _fixture.AuthenticateAsync("google", new { token = "4/unknown" })).Refused(401, 16, Refused);
    }

    [Fact]
    public async Task Someone_known_by_a_former_id_keeps_the_account_and_gets_the_new_id()
    {
        var (former, id, code) = (Unique.Id(), Unique.Id(), Unique.Id());
        var old = await _fixture.AccountAsync((await _fixture.AuthenticateAsync(
            "google", new { token = TokenMaker.Published().Token(_fixture.GoogleClaims(former)) })).Ok());
        _fixture.Providers.PlayGames[code] = new JsonObject { ["playerId"] = id, ["originalPlayerId"] = former };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _fixture.AuthenticateAsync("google", new { token = code })));

        foreach (var answer in answers)
        {
            var user = (await _fixture.AccountAsync(answer.Ok())).GetProperty("user");
            Assert.Equal(
                (old.GetProperty("user").GetProperty("id").GetString(), id),
                (user.GetProperty("id").GetString(), user.GetProperty("google_id").GetString()));
        }
    }
}
