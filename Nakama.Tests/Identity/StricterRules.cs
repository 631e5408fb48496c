using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Identity;
using Nakama.Server.Outbound;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Identity;

/// <summary>What operators may demand beyond what the reference server does, and how keys are kept.</summary>
public sealed class StricterRules : IAsyncLifetime, IDisposable
{
    private readonly TestTimeProvider _clock = new();
    private readonly OutboundHttp _http;
    private StandInProviders _providers = null!;

    public StricterRules() => _http = new OutboundHttp(_clock);

    private long Now => _clock.GetUtcNow().ToUnixTimeSeconds();

    public async Task InitializeAsync() => _providers = await StandInProviders.StartAsync();

    public async Task DisposeAsync() => await _providers.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Apples_tokens_for_another_app_can_be_refused()
    {
        var strict = Apple(audiences: ["com.example.game", "com.example.web"]);
        var lenient = Apple(audiences: []);

        Assert.NotNull(await strict.VerifyAsync(AppleToken("com.example.game"), CancellationToken.None));
        Assert.NotNull(await strict.VerifyAsync(AppleToken("com.example.web"), CancellationToken.None));
        Assert.NotNull(await strict.VerifyAsync(AppleToken(new[] { "com.example.other", "com.example.web" }), CancellationToken.None));
        Assert.Null(await strict.VerifyAsync(AppleToken("com.example.other"), CancellationToken.None));
        Assert.Null(await strict.VerifyAsync(AppleToken(12), CancellationToken.None));
        Assert.NotNull(await lenient.VerifyAsync(AppleToken("com.example.other"), CancellationToken.None));
    }

    [Fact]
    public async Task Googles_and_Facebooks_tokens_for_another_app_can_be_refused()
    {
        _providers.Certificates = new() { ["key-1"] = TokenMaker.Published().Certificate(_clock.GetUtcNow().AddDays(14)) };
        _providers.GraphProfiles["ours"] = FacebookSignIn.Profile("1", "Anna", "", app: "1234");
        _providers.GraphProfiles["foreign"] = FacebookSignIn.Profile("1", "Anna", "", app: "4321");
        var google = new GoogleTokens(
            SocialFixture.Google(_providers.Address) with { Audiences = ["client"] }, _http, _clock, NullLogger<GoogleTokens>.Instance);
        var social = SocialFixture.Social(_providers.Address);
        var facebook = new FacebookTokens(
            social with { Facebook = social.Facebook with { AppIds = ["1234"] } }, _http, _clock, NullLogger<FacebookTokens>.Instance);
        string Token(string issuer, string audience) => TokenMaker.Published().Token(new { iss = issuer, aud = audience, azp = audience, sub = "1", exp = Now + 60 });

        Assert.NotNull(await google.VerifyAsync(Token("accounts.google.com", "client"), CancellationToken.None));
        Assert.Null(await google.VerifyAsync(Token("accounts.google.com", "other"), CancellationToken.None));
        Assert.NotNull(await facebook.VerifyAsync(Token("https://facebook.com", "1234"), CancellationToken.None));
        Assert.Null(await facebook.VerifyAsync(Token("https://facebook.com", "4321"), CancellationToken.None));
        Assert.NotNull(await facebook.VerifyAsync("ours", CancellationToken.None));
        Assert.Null(await facebook.VerifyAsync("foreign", CancellationToken.None));
    }

    [Fact]
    public async Task What_Game_Center_signed_long_ago_or_for_another_app_can_be_refused()
    {
        using var certificate = TokenMaker.Published().Certificate(_clock.GetUtcNow().AddYears(1));
        _providers.GameCenter["gc-prod-1.cer"] = certificate.RawData;
        var claim = Claim();
        using var lenient = GameCenter(new());
        using var strict = GameCenter(new() { MaxAgeSec = 300, BundleIds = ["com.example.game"] });
        using var other = GameCenter(new() { BundleIds = ["com.example.other"] });

        Assert.NotNull(await strict.VerifyAsync(claim, CancellationToken.None));
        Assert.Null(await other.VerifyAsync(claim, CancellationToken.None));
        _clock.Advance(TimeSpan.FromSeconds(301));
        Assert.Null(await strict.VerifyAsync(claim, CancellationToken.None));
        Assert.Null(await strict.VerifyAsync(claim with { Timestamp = long.MinValue }, CancellationToken.None));
        Assert.NotNull(await lenient.VerifyAsync(claim, CancellationToken.None));
    }

    [Fact]
    public async Task Behind_a_certificate_of_Game_Center_there_can_have_to_be_an_authority()
    {
        var folder = Directory.CreateTempSubdirectory("authorities");
        try
        {
            using var authority = TokenMaker.Other("authority").Certificate(_clock.GetUtcNow().AddYears(10));
            var file = Path.Combine(folder.FullName, "authorities.pem");
            await File.WriteAllTextAsync(file, authority.ExportCertificatePem());
            using var backed = TokenMaker.Published().Certificate(_clock.GetUtcNow().AddDays(1), authority);
            using var alone = TokenMaker.Published().Certificate(_clock.GetUtcNow().AddDays(1));
            _providers.GameCenter["gc-prod-1.cer"] = backed.RawData;
            _providers.GameCenter["alone.cer"] = alone.RawData;
            using var strict = GameCenter(new() { Authorities = file });

            Assert.NotNull(await strict.VerifyAsync(Claim(), CancellationToken.None));
            Assert.Null(await strict.VerifyAsync(
                Claim() with { PublicKeyUrl = "https://static.gc.apple.com/public-key/alone.cer" }, CancellationToken.None));
            _clock.Advance(TimeSpan.FromDays(2));
            Assert.Null(await strict.VerifyAsync(Claim(), CancellationToken.None));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_old_player_info_can_be_refused_and_without_a_secret_all_are()
    {
        var info = SocialFixture.InstantInfo("anna", Now);
        var unsigned = SocialFixture.InstantInfo("anna", Now, secret: "");
        InstantGamePlayers Players(SocialFacebookInstantGameOptions options) =>
            new(new SocialOptions { FacebookInstantGame = options }, _clock, NullLogger<InstantGamePlayers>.Instance);
        var strict = Players(new() { AppSecret = SocialFixture.InstantSecret, MaxAgeSec = 60 });

        Assert.Equal("anna", strict.Verify(info)?.Id);
        _clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Null(strict.Verify(info));
        Assert.NotNull(Players(new() { AppSecret = SocialFixture.InstantSecret }).Verify(info));
        Assert.Null(Players(new()).Verify(unsigned));
    }

    [Fact]
    public async Task Without_a_bundle_id_or_a_publisher_key_nobody_is_believed()
    {
        _providers.SteamTickets["ticket"] = "1";
        var social = SocialFixture.Social(_providers.Address);
        var apple = new AppleTokens(social with { Apple = social.Apple with { BundleId = "" } }, _http, _clock, NullLogger<AppleTokens>.Instance);
        var steam = new SteamTickets(social with { Steam = social.Steam with { AppId = 0 } }, _http, NullLogger<SteamTickets>.Instance);

        Assert.Null(await apple.VerifyAsync(AppleToken("com.example.game"), CancellationToken.None));
        Assert.Null(await steam.VerifyAsync("ticket", CancellationToken.None));
        Assert.Equal((false, false), (apple.IsConfigured, steam.IsConfigured));
    }

    [Fact]
    public async Task Keys_are_fetched_once_for_many_at_once_and_kept_for_an_hour()
    {
        var apple = Apple([]);
        Task<SocialProfile?> VerifyAsync() => apple.VerifyAsync(AppleToken("com.example.game"), CancellationToken.None).AsTask();

        var profiles = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(VerifyAsync)));
        Assert.All(profiles, profile => Assert.Equal("anna", profile?.Id));
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.NotNull(await VerifyAsync());
        Assert.Equal(1, _providers.Asked("/auth/keys"));

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await VerifyAsync());
        Assert.Equal(2, _providers.Asked("/auth/keys"));
    }

    [Fact]
    public async Task A_new_key_is_found_at_once_but_unknown_ones_do_not_make_the_node_ask_all_the_time()
    {
        var apple = Apple([]);
        var rotated = TokenMaker.Other().Token(AppleClaims("com.example.game"));
        Assert.NotNull(await apple.VerifyAsync(AppleToken("com.example.game"), CancellationToken.None));
        _clock.Advance(TimeSpan.FromSeconds(30));

        _providers.Keys = [TokenMaker.Other()];
        Assert.NotNull(await apple.VerifyAsync(rotated, CancellationToken.None));
        Assert.Null(await apple.VerifyAsync(AppleToken("com.example.game"), CancellationToken.None));

        for (var i = 0; i < 50; i++)
            Assert.Null(await apple.VerifyAsync(TokenMaker.Published($"made-up-{i}").Token(AppleClaims("x")), CancellationToken.None));
        Assert.Equal(2, _providers.Asked("/auth/keys"));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(await apple.VerifyAsync(TokenMaker.Published("made-up").Token(AppleClaims("x")), CancellationToken.None));
        Assert.Equal(3, _providers.Asked("/auth/keys"));
    }

    [Fact]
    public async Task Kept_keys_survive_a_failed_fetch_but_not_their_hour()
    {
        var apple = Apple([]);
        Assert.NotNull(await apple.VerifyAsync(AppleToken("com.example.game"), CancellationToken.None));
        _clock.Advance(TimeSpan.FromSeconds(30));
        _providers.Fault = Fault.TalksNonsense;

        Assert.Null(await apple.VerifyAsync(TokenMaker.Published("made-up").Token(AppleClaims("x")), CancellationToken.None));
        Assert.NotNull(await apple.VerifyAsync(AppleToken("com.example.game"), CancellationToken.None));

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await apple.VerifyAsync(AppleToken("com.example.game"), CancellationToken.None));
        _providers.Fault = Fault.None;
        Assert.Null(await apple.VerifyAsync(AppleToken("com.example.game"), CancellationToken.None));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull(await apple.VerifyAsync(AppleToken("com.example.game"), CancellationToken.None));
    }

    [Fact]
    public async Task Certificates_are_looked_at_again_an_hour_before_they_end_and_not_used_afterwards()
    {
        var google = new GoogleTokens(SocialFixture.Google(_providers.Address), _http, _clock, NullLogger<GoogleTokens>.Instance);
        string Token() => TokenMaker.Published().Token(new { iss = "accounts.google.com", aud = "c", azp = "c", sub = "1", exp = Now + 60 });
        _providers.Certificates = new() { ["key-1"] = TokenMaker.Published().Certificate(_clock.GetUtcNow().AddMinutes(90)) };

        Assert.NotNull(await google.VerifyAsync(Token(), CancellationToken.None));
        _clock.Advance(TimeSpan.FromMinutes(29));
        Assert.NotNull(await google.VerifyAsync(Token(), CancellationToken.None));
        Assert.Equal(1, _providers.Asked("/oauth2/v1/certs"));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await google.VerifyAsync(Token(), CancellationToken.None));
        Assert.Equal(2, _providers.Asked("/oauth2/v1/certs"));

        _clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Null(await google.VerifyAsync(Token(), CancellationToken.None));
    }

    [Fact]
    public async Task Keys_that_are_too_short_are_not_used()
    {
        using var rsa = RSA.Create(1024);
        var weak = new TokenMaker("weak", rsa);
        _providers.Keys = [weak, TokenMaker.Other()];

        Assert.Null(await Apple([]).VerifyAsync(weak.Token(AppleClaims("com.example.game")), CancellationToken.None));
    }

    [Fact]
    public async Task A_token_with_any_letter_changed_is_another_token()
    {
        var apple = Apple([]);
        var good = AppleToken("com.example.game");
        Assert.NotNull(await apple.VerifyAsync(good, CancellationToken.None));

        // The last letter of a signature has bits that mean nothing.
        for (var i = 0; i < good.Length - 1; i++)
        {
            var changed = good.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.Null(await apple.VerifyAsync(new string(changed), CancellationToken.None));
        }
    }

    private AppleTokens Apple(string[] audiences)
    {
        var social = SocialFixture.Social(_providers.Address);
        return new(social with { Apple = social.Apple with { Audiences = audiences } }, _http, _clock, NullLogger<AppleTokens>.Instance);
    }

    private GameCenterPlayers GameCenter(SocialGameCenterOptions options) => new(
        new SocialOptions { GameCenter = options with { Address = _providers.Address } }, _http, _clock, NullLogger<GameCenterPlayers>.Instance);

    private Nakama.Server.Identity.GameCenterClaim Claim()
    {
        var body = GameCenterSignIn.Claim("anna", _clock.GetUtcNow());
        return new(body.player_id, body.bundle_id, body.timestamp_seconds, body.salt, body.signature, body.public_key_url);
    }

    private string AppleToken(object audience) => TokenMaker.Published().Token(AppleClaims(audience));

    private object AppleClaims(object audience) => new { iss = "https://appleid.apple.com", aud = audience, sub = "anna", exp = Now + 60 };
}
