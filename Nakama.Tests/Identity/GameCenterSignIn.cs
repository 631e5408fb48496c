using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Identity;

[Collection(nameof(SocialTests))]
public sealed class GameCenterSignIn
{
    private const string Refused = "Could not authenticate GameCenter profile.";
    private const string Url = "https://static.gc.apple.com/public-key/gc-prod-1.cer";

    private readonly SocialFixture _fixture;

    public GameCenterSignIn(SocialFixture fixture)
    {
        _fixture = fixture;
        fixture.Begin();
        using var certificate = TokenMaker.Published().Certificate(fixture.Clock.GetUtcNow().AddYears(1));
        fixture.Providers.GameCenter["gc-prod-1.cer"] = certificate.RawData;
        fixture.Providers.GameCenter["gc-prod-1.pem"] = Encoding.ASCII.GetBytes(certificate.ExportCertificatePem());
    }

    [Theory]
    [InlineData(Url)]
    [InlineData("https://static.gc.apple.com/public-key/gc-prod-1.pem")]
    public async Task The_first_sign_in_makes_the_account_and_the_second_finds_it(string url)
    {
        var claim = Claim(Unique.Id()) with { public_key_url = url };

        var first = (await _fixture.AuthenticateAsync("gamecenter", claim)).Ok();
        var second = (await _fixture.AuthenticateAsync("gamecenter", claim, "?create=false")).Ok();

        Assert.True(first.Body.GetProperty("created").GetBoolean());
        Assert.Equal(claim.player_id, (await _fixture.AccountAsync(second)).GetProperty("user").GetProperty("gamecenter_id").GetString());
    }

    [Fact]
    public async Task What_Apple_has_not_signed_is_refused_and_makes_no_account()
    {
        var good = Claim(Unique.Id());
        GameCenterClaim[] bad =
        [
            good with { player_id = Unique.Id() }, good with { bundle_id = "com.example.other" }, good with { timestamp_seconds = good.timestamp_seconds + 1 },
            good with { salt = Convert.ToBase64String([9, 9, 9]) }, good with { salt = "%" }, good with { signature = "%" },
            good with { signature = Convert.ToBase64String(new byte[256]) }, good with { signature = new string('A', 5000) },
            Claim(good.player_id, TokenMaker.Other()),
        ];

        foreach (var claim in bad) (await _fixture.AuthenticateAsync("gamecenter", claim)).Refused(401, 16, Refused);

        await _fixture.NobodyAsync("gamecenter", good);
    }

    [Theory]
    [InlineData("http://static.gc.apple.com/public-key/gc-prod-1.cer")]
    [InlineData("https://static.gc.apple.com")]
    [InlineData("https://static.gc.apple.com/")]
    [InlineData("https://apple.com.example/public-key/gc-prod-1.cer")]
    [InlineData("https://evilapple.com/public-key/gc-prod-1.cer")]
    [InlineData("https://static.gc.apple.com:8443/public-key/gc-prod-1.cer")]
    [InlineData("https://example.com#.apple.com/public-key/gc-prod-1.cer")]
    [InlineData("https://example.com\\.apple.com/public-key/gc-prod-1.cer")]
    [InlineData("https://user@static.gc.apple.com/public-key/gc-prod-1.cer")]
    [InlineData("file:///public-key/gc-prod-1.cer")]
    [InlineData("public-key/gc-prod-1.cer")]
    [InlineData("https://static.gc.apple.com/public-key/unknown.cer")]
    public async Task A_key_from_elsewhere_is_not_fetched(string url) =>
        (await _fixture.AuthenticateAsync("gamecenter", Claim(Unique.Id()) with { public_key_url = url })).Refused(401, 16, Refused);

    [Fact]
    public async Task The_checks_have_an_order()
    {
        var nothing = new GameCenterClaim("", "", 0, "", "", "");
        var missing = async (GameCenterClaim? claim, string text) => (await _fixture.AuthenticateAsync("gamecenter", claim)).Refused(400, 3, text);

        await missing(null, "GameCenter access credentials are required.");
        await missing(nothing, "GameCenter bundle ID is required.");
        await missing(nothing = nothing with { bundle_id = "b" }, "GameCenter player ID is required.");
        await missing(nothing = nothing with { player_id = "p" }, "GameCenter public key URL is required.");
        await missing(nothing = nothing with { public_key_url = "u" }, "GameCenter salt is required.");
        await missing(nothing = nothing with { salt = "s" }, "GameCenter signature is required.");
        await missing(nothing with { signature = "s" }, "GameCenter timestamp is required.");
    }

    [Fact]
    public async Task A_certificate_is_fetched_once_an_hour()
    {
        _fixture.ForgetKeys();
        var before = _fixture.Providers.Asked("/public-key/gc-prod-1.cer");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ => (await _fixture.AuthenticateAsync("gamecenter", Claim(Unique.Id()))).Ok()));
        Assert.Equal(before + 1, _fixture.Providers.Asked("/public-key/gc-prod-1.cer"));

        _fixture.Clock.Advance(TimeSpan.FromMinutes(60));
        (await _fixture.AuthenticateAsync("gamecenter", Claim(Unique.Id()))).Ok();
        Assert.Equal(before + 2, _fixture.Providers.Asked("/public-key/gc-prod-1.cer"));
    }

    private GameCenterClaim Claim(string player, TokenMaker? by = null) => Claim(player, _fixture.Clock.GetUtcNow(), by);

    /// <summary>What a device of Apple gets from Game Center.</summary>
    internal static GameCenterClaim Claim(string player, DateTimeOffset at, TokenMaker? by = null)
    {
        byte[] salt = [1, 2, 3, 4];
        var time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, at.ToUnixTimeMilliseconds());
        byte[] signed = [.. Encoding.UTF8.GetBytes(player + "com.example.game"), .. time, .. salt];
        var signature = (by ?? TokenMaker.Published()).Rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return new(player, "com.example.game", at.ToUnixTimeMilliseconds(), Convert.ToBase64String(salt), Convert.ToBase64String(signature), Url);
    }
}

/// <summary>The body of a request, under the names that it has on the wire.</summary>
internal sealed record GameCenterClaim(
    string player_id, string bundle_id, long timestamp_seconds, string salt, string signature, string public_key_url);
