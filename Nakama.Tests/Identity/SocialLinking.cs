using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Accounts;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Identity;

[Collection(nameof(SocialTests))]
public sealed class SocialLinking
{
    private const string LastLink = "Cannot unlink last account identifier. Check profile exists and is not last link.";

    private readonly SocialFixture _fixture;

    public SocialLinking(SocialFixture fixture)
    {
        _fixture = fixture;
        fixture.Begin();
        using var certificate = TokenMaker.Published().Certificate(fixture.Clock.GetUtcNow().AddYears(1));
        fixture.Providers.GameCenter["gc-prod-1.cer"] = certificate.RawData;
    }

    /// <summary>The providers as paths name them.</summary>
    public static TheoryData<string> Providers => ["apple", "facebook", "facebookinstantgame", "gamecenter", "google", "steam"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_linked_profile_signs_in_to_the_account_until_it_is_unlinked(string provider)
    {
        var (player, body) = (await _fixture.Server.AuthenticateAsync(), Credential(provider));

        (await LinkAsync(player, provider, body)).Ok();
        (await LinkAsync(player, provider, body)).Ok();
        var account = await _fixture.AccountAsync((await _fixture.AuthenticateAsync(provider, body, "?create=false")).Ok());
        (await UnlinkAsync(player, provider, body)).Ok();
        (await UnlinkAsync(player, provider, new { })).Ok();

        Assert.Equal(player.UserId.ToString(), account.GetProperty("user").GetProperty("id").GetString());
        Assert.True(account.GetProperty("user").TryGetProperty(Words(provider).Field, out _));
        (await _fixture.AuthenticateAsync(provider, body, "?create=false")).Refused(404, 5, "User account not found.");
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_belongs_to_another_is_in_use_and_what_is_not_believed_is_refused(string provider)
    {
        var (player, body) = (await _fixture.Server.AuthenticateAsync(), Credential(provider));
        var other = (await _fixture.AuthenticateAsync(provider, body)).Ok();

        var (name, idName, _) = Words(provider);
        (await LinkAsync(player, provider, body)).Refused(409, 6, $"{idName} is already in use.");
        (await LinkAsync(player, provider, BadCredential(provider))).Refused(401, 16, $"Could not authenticate {name} profile.");
        (await UnlinkAsync(player, provider, BadCredential(provider))).Refused(401, 16, $"Could not authenticate {name} profile.");

        Assert.True((await _fixture.AccountAsync(other)).GetProperty("user").TryGetProperty(Words(provider).Field, out _));
        var account = (await _fixture.Server.AsAsync(player.Token, "GET /v2/account")).Ok();
        Assert.False(account.Body.GetProperty("user").TryGetProperty(Words(provider).Field, out _));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_last_way_to_sign_in_stays_and_proof_must_be_of_the_linked_profile(string provider)
    {
        var body = Credential(provider);
        var session = (await _fixture.AuthenticateAsync(provider, body)).Ok();
        var token = session.Text("token");
        // An address that came along would be another way to sign in.
        (await _fixture.Server.AsAsync(token, "POST /v2/account/unlink/" + provider, body)).Refused(403, 7, LastLink);
        (await _fixture.Server.AsAsync(token, "POST /v2/account/unlink/" + provider, new { })).Refused(403, 7, LastLink);
        (await _fixture.Server.AsAsync(token, "POST /v2/account/link/device", new { id = Unique.Id() })).Ok();

        (await _fixture.Server.AsAsync(token, "POST /v2/account/unlink/" + provider, Credential(provider))).Refused(403, 7, LastLink);
        Assert.True((await _fixture.AccountAsync(session)).GetProperty("user").TryGetProperty(Words(provider).Field, out _));
        (await _fixture.Server.AsAsync(token, "POST /v2/account/unlink/" + provider, body)).Ok();
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task One_profile_linked_by_many_at_once_belongs_to_one(string provider)
    {
        var body = Credential(provider);
        var players = new List<TestPlayer>();
        for (var i = 0; i < 6; i++) players.Add(await _fixture.Server.AuthenticateAsync());

        var answers = await Task.WhenAll(players.Select(player => LinkAsync(player, provider, body)));

        Assert.Single(answers, answer => answer.Status == System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_link_fills_what_is_empty_and_replaces_the_address()
    {
        var (player, email) = (await _fixture.Server.AuthenticateAsync(), Unique.Email());
        (await LinkAsync(player, "email", new { email = Unique.Email(), password = "password1" })).Ok();
        (await _fixture.Server.AsAsync(player.Token, "PUT /v2/account", new { display_name = "Own" })).Ok();
        var claims = _fixture.GoogleClaims(Unique.Id());
        claims["email"] = email;

        (await LinkAsync(player, "google", new { token = TokenMaker.Published().Token(claims) })).Ok();

        var account = (await _fixture.Server.AsAsync(player.Token, "GET /v2/account")).Ok();
        var user = account.Body.GetProperty("user");
        Assert.Equal(
            (email, "Own", "https://pictures.example/anna"),
            (account.Text("email"), user.GetProperty("display_name").GetString(), user.GetProperty("avatar_url").GetString()));
        (await _fixture.AuthenticateAsync("email", new { email, password = "password1" }, "?create=false")).Ok();
    }

    [Fact]
    public async Task An_address_that_someone_else_has_is_not_linked_with_the_profile()
    {
        var (player, email) = (await _fixture.Server.AuthenticateAsync(), Unique.Email());
        var claims = _fixture.AppleClaims(Unique.Id());
        claims["email"] = email;
        (await _fixture.AuthenticateAsync("apple", new { token = TokenMaker.Published().Token(claims) })).Ok();
        claims["sub"] = Unique.Id();

        (await LinkAsync(player, "apple", new { token = TokenMaker.Published().Token(claims) })).Ok();

        var account = (await _fixture.Server.AsAsync(player.Token, "GET /v2/account")).Ok();
        Assert.False(account.Body.TryGetProperty("email", out _));
        Assert.True(account.Body.GetProperty("user").TryGetProperty("apple_id", out _));
    }

    [Fact]
    public async Task Another_profile_of_the_same_provider_replaces_the_first()
    {
        var (player, first, second) = (await _fixture.Server.AuthenticateAsync(), Credential("steam"), Credential("steam"));

        (await LinkAsync(player, "steam", first)).Ok();
        (await LinkAsync(player, "steam", second)).Ok();

        (await _fixture.AuthenticateAsync("steam", first, "?create=false")).Refused(404, 5, "User account not found.");
        (await _fixture.AuthenticateAsync("steam", second, "?create=false")).Ok();
    }

    [Fact]
    public async Task Proof_under_a_new_id_of_Google_unlinks_the_former()
    {
        var (player, former, id, code) = (await _fixture.Server.AuthenticateAsync(), Unique.Id(), Unique.Id(), Unique.Id());
        (await LinkAsync(player, "google", new { token = TokenMaker.Published().Token(_fixture.GoogleClaims(former)) })).Ok();
        _fixture.Providers.PlayGames[code] = new JsonObject { ["playerId"] = id, ["originalPlayerId"] = former };

        (await UnlinkAsync(player, "google", new { token = code })).Ok();

        var account = (await _fixture.Server.AsAsync(player.Token, "GET /v2/account")).Ok();
        Assert.False(account.Body.GetProperty("user").TryGetProperty("google_id", out _));
    }

    [Fact]
    public async Task Half_a_proof_of_Game_Center_counts_as_none()
    {
        var player = await _fixture.Server.AuthenticateAsync();
        (await LinkAsync(player, "gamecenter", Credential("gamecenter"))).Ok();

        (await UnlinkAsync(player, "gamecenter", new { player_id = "someone else", signature = "%" })).Ok();

        var account = (await _fixture.Server.AsAsync(player.Token, "GET /v2/account")).Ok();
        Assert.False(account.Body.GetProperty("user").TryGetProperty("gamecenter_id", out _));
    }

    [Fact]
    public async Task Two_profiles_unlinked_at_once_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            var session = (await _fixture.AuthenticateAsync("steam", Credential("steam"))).Ok();
            var token = session.Text("token");
            (await _fixture.Server.AsAsync(token, "POST /v2/account/link/facebookinstantgame", Credential("facebookinstantgame"))).Ok();

            var answers = await Task.WhenAll(
                _fixture.Server.AsAsync(token, "POST /v2/account/unlink/steam", new { }),
                _fixture.Server.AsAsync(token, "POST /v2/account/unlink/facebookinstantgame", new { }));

            Assert.Single(answers, answer => answer.Status == System.Net.HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task The_banned_stay_out_whoever_vouches_for_them()
    {
        var body = Credential("steam");
        var user = (await _fixture.AccountAsync((await _fixture.AuthenticateAsync("steam", body)).Ok())).GetProperty("user");

        await _fixture.Server.Services.GetRequiredService<AccountBans>().BanAsync([user.GetProperty("id").GetGuid()], CancellationToken.None);

        (await _fixture.AuthenticateAsync("steam", body)).Refused(403, 7, "User account banned.");
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        var player = await _fixture.Server.AuthenticateAsync();

        (await LinkAsync(player, "apple", new { })).Refused(400, 3, "Apple ID token is required.");
        (await LinkAsync(player, "facebook", new { })).Refused(400, 3, "Facebook access token is required.");
        (await LinkAsync(player, "facebookinstantgame", new { })).Refused(400, 3, "Signed Player Info for a Facebook Instant Game is required.");
        (await LinkAsync(player, "gamecenter", new { })).Refused(400, 3, "GameCenter bundle ID is required.");
        (await LinkAsync(player, "google", new { })).Refused(400, 3, "Google access token is required.");
        (await _fixture.Server.AsAsync(player.Token, "POST /v2/account/link/steam", new { })).Refused(400, 3, "Steam access token is required.");
    }

    /// <summary>What a provider and its ids are called in refusals, and the field of the user.</summary>
    private static (string Name, string IdName, string Field) Words(string provider) => provider switch
    {
        "apple" => ("Apple", "Apple ID", "apple_id"),
        "facebook" => ("Facebook", "Facebook ID", "facebook_id"),
        "facebookinstantgame" => ("Facebook Instant Game", "Facebook Instant Game ID", "facebook_instant_game_id"),
        "gamecenter" => ("GameCenter", "GameCenter ID", "gamecenter_id"),
        "google" => ("Google", "Google ID", "google_id"),
        _ => ("Steam", "Steam ID", "steam_id"),
    };

    private Task<ApiAnswer> LinkAsync(TestPlayer player, string provider, object body) => _fixture.Server.AsAsync(
        player.Token, "POST /v2/account/link/" + provider, provider == "steam" ? new { account = body } : body);

    private Task<ApiAnswer> UnlinkAsync(TestPlayer player, string provider, object body) =>
        _fixture.Server.AsAsync(player.Token, "POST /v2/account/unlink/" + provider, body);

    private object Credential(string provider) => provider switch
    {
        "apple" => new { token = TokenMaker.Published().Token(_fixture.AppleClaims(Unique.Id())) },
        "facebook" => new { token = TokenMaker.Published().Token(_fixture.FacebookClaims(Unique.Id())) },
        "facebookinstantgame" => new { signed_player_info = _fixture.InstantInfo(Unique.Id()) },
        "gamecenter" => GameCenterSignIn.Claim(Unique.Id(), _fixture.Clock.GetUtcNow()),
        "google" => new { token = TokenMaker.Published().Token(_fixture.GoogleClaims(Unique.Id())) },
        _ => new { token = SteamSignIn.Ticket(_fixture).Ticket },
    };

    private object BadCredential(string provider) => provider switch
    {
        "facebookinstantgame" => new { signed_player_info = _fixture.InstantInfo(Unique.Id(), secret: "another") },
        "gamecenter" => GameCenterSignIn.Claim(Unique.Id(), _fixture.Clock.GetUtcNow(), TokenMaker.Other()),
        _ => new { token = "nobody knows it" },
    };
}
