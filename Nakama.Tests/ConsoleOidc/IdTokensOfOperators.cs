using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.Identity;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleOidc;

/// <summary>The tokens that a node takes from an issuer, and those that it refuses.</summary>
public sealed class IdTokensOfOperators(OidcFixture fixture) : IClassFixture<OidcFixture>
{
    private const string Exchange = "/v2/console/authenticate/oidc";
    private const string Nonce = "the-nonce-of-this-sign-in";
    private const string Invalid = "The ID token is invalid.";
    private const string Expired = "The ID token has expired. Sign in again.";

    private TestIssuer Issuer => fixture.Issuer;

    private TestServer Server => fixture.Server;

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    [Fact]
    public async Task A_valid_token_is_exchanged_for_one_of_the_console_with_the_rights_of_its_role()
    {
        using var visitor = OidcFixture.Visitor(Server);
        var (status, session) = await ExchangeAsync(visitor, TestIssuer.Keys.Token(Issuer.Claims(Nonce, "support")));
        Assert.True(status == HttpStatusCode.OK, session.ToString());

        using var op = ConsoleCaller.Bearer(Server, session.GetProperty("token").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await op.GetAsync("/v2/console/account")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await op.GetAsync("/v2/console/config")).Status);
    }

    public static TheoryData<string, string> Changes => new()
    {
        { "aud", Invalid },
        { "audiences", Invalid },
        { "azp", Invalid },
        { "iss", Invalid },
        { "exp", Expired },
        { "no exp", Expired },
        { "nbf", Expired },
        { "old", Expired },
        { "no iat", Expired },
        { "future", Invalid },
        { "nonce", Invalid },
        { "no nonce", Invalid },
        { "sub", Invalid },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_token_with_a_claim_that_is_not_right_is_refused(string change, string text)
    {
        var claims = Issuer.Claims(Nonce, "support");
        switch (change)
        {
            case "aud": claims["aud"] = "another-client"; break;
            case "audiences": claims["aud"] = new[] { TestIssuer.ClientId, "another-client" }; break;
            case "azp": claims["azp"] = "another-client"; break;
            case "iss": claims["iss"] = "https://issuer.example.com"; break;
            case "exp": claims["exp"] = Now - 1; break;
            case "no exp": claims.Remove("exp"); break;
            case "nbf": claims["nbf"] = Now + 3600; break;
            case "old": claims["iat"] = Now - 3600; break;
            case "no iat": claims.Remove("iat"); break;
            case "future": claims["iat"] = Now + 3600; break;
            case "nonce": claims["nonce"] = "another-nonce"; break;
            case "no nonce": claims.Remove("nonce"); break;
            default: claims.Remove("sub"); break;
        }

        using var visitor = OidcFixture.Visitor(Server);
        Assert.Equal((HttpStatusCode.Unauthorized, text), await RefusalAsync(visitor, TestIssuer.Keys.Token(claims)));
    }

    [Fact]
    public async Task A_token_that_the_issuer_did_not_sign_is_refused()
    {
        var claims = Issuer.Claims(Nonce, "support");
        var good = TestIssuer.Keys.Token(claims);
        var body = good[..good.LastIndexOf('.')];
        using var visitor = OidcFixture.Visitor(Server);
        string[] forged =
        [
            $"{Header("none")}.{Part(claims)}.",
            $"{body}.",
            body,
            TokenMaker.Other().Token(claims),
            TokenMaker.Other(TestIssuer.Keys.Id).Token(claims),
            WithSecret(claims),
            TestIssuer.Keys.Token(claims, "HS256"),
            new string('x', 20_000),
        ];
        foreach (var token in forged) Assert.Equal((HttpStatusCode.Unauthorized, Invalid), await RefusalAsync(visitor, token));
        Assert.Equal(HttpStatusCode.OK, (await ExchangeAsync(visitor, good)).Status);
    }

    [Fact]
    public async Task A_token_needs_the_nonce_of_the_sign_in()
    {
        using var visitor = OidcFixture.Visitor(Server);
        var token = TestIssuer.Keys.Token(Issuer.Claims("", "support"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.PostAsync(Exchange, new { id_token = token, nonce = "" })).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.PostAsync(Exchange, new { id_token = token })).Status);
    }

    [Fact]
    public async Task A_token_works_once()
    {
        using var visitor = OidcFixture.Visitor(Server);
        var token = TestIssuer.Keys.Token(Issuer.Claims(Nonce, "support"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ExchangeAsync(visitor, token)));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal((HttpStatusCode.Unauthorized, "The ID token was used before. Sign in again."), await RefusalAsync(visitor, token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody-knows-this-role")]
    public async Task Without_a_role_that_is_known_here_nobody_gets_in_and_nobody_is_created(string role)
    {
        var claims = Issuer.Claims(Nonce, role);
        if (role.Length == 0) claims.Remove("roles");
        using var visitor = OidcFixture.Visitor(Server);
        Assert.Equal((HttpStatusCode.Forbidden, "Your account has no role for this console."), await RefusalAsync(visitor, TestIssuer.Keys.Token(claims)));
        Assert.Equal(0, await OidcFixture.AskAsync<long>(
            Server, "SELECT count(*) FROM nakama_net.operator_identity WHERE subject = $1", (string)claims["sub"]));
    }

    [Fact]
    public async Task Roles_add_up_and_may_stand_for_templates_of_other_names_and_one_for_all_rights()
    {
        var reader = Unique.Name("t");
        await OidcFixture.AddTemplateAsync(Server, reader, "CONFIGURATION");
        using var both = await SignInAsync(Issuer.Claims(Nonce, "helpers", reader, "unknown"));
        Assert.Equal(HttpStatusCode.OK, (await both.GetAsync("/v2/console/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await both.GetAsync("/v2/console/config")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await both.GetAsync("/v2/console/user")).Status);

        using var admin = await SignInAsync(Issuer.Claims(Nonce, "administrators"));
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/v2/console/user")).Status);
    }

    [Fact]
    public async Task Ten_invalid_tokens_lock_out_their_address_and_no_other()
    {
        using var guesser = OidcFixture.Visitor(Server);
        for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await ExchangeAsync(guesser, "e30.e30.e30")).Status);

        var token = TestIssuer.Keys.Token(Issuer.Claims(Nonce, "support"));
        Assert.Equal((HttpStatusCode.TooManyRequests, "Try again later."), await RefusalAsync(guesser, token));
        using var other = OidcFixture.Visitor(Server);
        Assert.Equal(HttpStatusCode.OK, (await ExchangeAsync(other, token)).Status);
    }

    [Fact]
    public async Task Without_an_issuer_no_token_is_taken()
    {
        await using var server = await TestServer.StartAsync();
        using var visitor = OidcFixture.Visitor(server);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "Sign-in with OpenID Connect is not set up on this server."),
            await RefusalAsync(visitor, TestIssuer.Keys.Token(Issuer.Claims(Nonce, "support"))));
    }

    [Fact]
    public async Task Where_only_the_issuer_counts_no_password_does()
    {
        await using var server = await OidcFixture.StartAsync(Issuer, isOnly: true);
        using var visitor = OidcFixture.Visitor(server);
        using var header = ConsoleCaller.Basic(server, "admin", "password");
        const string text = "Passwords are not accepted here. Sign in with OpenID Connect.";
        var (status, body) = await visitor.PostAsync("/v2/console/authenticate", new { username = "admin", password = "password" });
        Assert.Equal((HttpStatusCode.Forbidden, text), (status, body.GetProperty("message").GetString()));
        (status, body) = await header.GetAsync("/v2/console/status");
        Assert.Equal((HttpStatusCode.Forbidden, text), (status, body.GetProperty("message").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await ExchangeAsync(visitor, TestIssuer.Keys.Token(Issuer.Claims(Nonce, "administrators")))).Status);
    }

    private async Task<ConsoleCaller> SignInAsync(Dictionary<string, object> claims)
    {
        using var visitor = OidcFixture.Visitor(Server);
        var (status, session) = await ExchangeAsync(visitor, TestIssuer.Keys.Token(claims));
        Assert.True(status == HttpStatusCode.OK, session.ToString());
        return ConsoleCaller.Bearer(Server, session.GetProperty("token").GetString()!);
    }

    private static Task<(HttpStatusCode Status, JsonElement Body)> ExchangeAsync(ConsoleCaller visitor, string token) =>
        visitor.PostAsync(Exchange, new { id_token = token, nonce = Nonce });

    private static async Task<(HttpStatusCode, string?)> RefusalAsync(ConsoleCaller visitor, string token)
    {
        var (status, error) = await ExchangeAsync(visitor, token);
        return (status, error.TryGetProperty("message", out var message) ? message.GetString() : error.ToString());
    }

    /// <summary>Signed with what the console and the issuer both know.</summary>
    private static string WithSecret(object claims)
    {
        var signed = $"{Header("HS256")}.{Part(claims)}";
        return $"{signed}.{Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(TestIssuer.ClientSecret), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Header(string algorithm) => Part(new { alg = algorithm, kid = TestIssuer.Keys.Id, typ = "JWT" });

    private static string Part(object value) => Encode(JsonSerializer.SerializeToUtf8Bytes(value));

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
