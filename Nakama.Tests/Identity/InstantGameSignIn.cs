using Nakama.Tests.TestHost;

namespace Nakama.Tests.Identity;

[Collection(nameof(SocialTests))]
public sealed class InstantGameSignIn
{
    private const string Refused = "Error extracting the Facebook Instant Game player ID or validating the signature";

    private readonly SocialFixture _fixture;

    public InstantGameSignIn(SocialFixture fixture)
    {
        _fixture = fixture;
        fixture.Begin();
    }

    [Fact]
    public async Task The_first_sign_in_makes_the_account_and_the_second_finds_it()
    {
        var player = Unique.Id();

        var first = (await _fixture.AuthenticateAsync("facebookinstantgame", new { signed_player_info = _fixture.InstantInfo(player) })).Ok();
        var second = (await _fixture.AuthenticateAsync(
            "facebookinstantgame", new { signed_player_info = _fixture.InstantInfo(player, algorithm: "HS256") }, "?create=false")).Ok();

        Assert.True(first.Body.GetProperty("created").GetBoolean());
        Assert.Equal(player, (await _fixture.AccountAsync(second)).GetProperty("user").GetProperty("facebook_instant_game_id").GetString());
    }

    [Fact]
    public async Task What_the_secret_has_not_signed_is_refused_and_makes_no_account()
    {
        var player = Unique.Id();
        var good = _fixture.InstantInfo(player);
        var (signature, payload) = (good.Split('.')[0], _fixture.InstantInfo("someone else").Split('.')[1]);

        string[] bad =
        [
            "garbage", ".", "a.b", good + "x", "x" + good, signature + "." + payload, "." + payload, signature + ".",
            _fixture.InstantInfo(player, secret: "another"), _fixture.InstantInfo(player, secret: ""),
            _fixture.InstantInfo(player, algorithm: "none"), _fixture.InstantInfo(""), new string('x', 20_000),
        ];
        foreach (var info in bad)
            (await _fixture.AuthenticateAsync("facebookinstantgame", new { signed_player_info = info })).Refused(500, 15, Refused);

        (await _fixture.AuthenticateAsync("facebookinstantgame", new { }))
            .Refused(400, 3, "Signed Player Info for a Facebook Instant Game is required.");
        await _fixture.NobodyAsync("facebookinstantgame", new { signed_player_info = good });
    }
}
