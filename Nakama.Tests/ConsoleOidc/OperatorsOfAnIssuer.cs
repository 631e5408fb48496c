using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.ConsoleApi;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleOidc;

/// <summary>Which operator a person at the issuer becomes, and with which rights.</summary>
public sealed class OperatorsOfAnIssuer(OidcFixture fixture) : IClassFixture<OidcFixture>
{
    private const string Exchange = "/v2/console/authenticate/oidc";
    private const string Nonce = "the-nonce-of-this-sign-in";
    private const string Password = "correct horse 1";
    private const string ReadAccounts = """{"admin": false, "acl": {"ACCOUNT": {"read": true}}}""";

    private TestIssuer Issuer => fixture.Issuer;

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_person_is_the_same_operator_at_every_sign_in_whatever_the_name_is()
    {
        var claims = Issuer.Claims(Nonce, "support");
        var first = Read(await SignInAsync(claims));
        claims["preferred_username"] = Unique.Name("op");
        var second = Read(await SignInAsync(claims));
        Assert.Equal(Id(first), Id(second));
        Assert.Equal(first.GetProperty("usn").GetString(), second.GetProperty("usn").GetString());
    }

    [Theory]
    [InlineData("Ada.Lovelace@example.com", "ada.lovelace")]
    [InlineData("  Grace  Hopper ", "gracehopper")]
    [InlineData("admin@example.com", "admin.")]
    [InlineData("字", "operator")]
    [InlineData("an.uncommonly.long.name.of.somebody@example.com", "an.uncommonly.long.n")]
    public async Task The_username_is_what_the_issuer_calls_the_person_as_far_as_names_allow_it(string name, string username)
    {
        var claims = Issuer.Claims(Nonce, "support");
        claims["preferred_username"] = name;
        Assert.StartsWith(username, Read(await SignInAsync(claims)).GetProperty("usn").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_people_of_one_name_are_two_operators()
    {
        var (one, other) = (Issuer.Claims(Nonce, "support"), Issuer.Claims(Nonce, "support"));
        other["preferred_username"] = one["preferred_username"];
        var tokens = await Task.WhenAll(SignInAsync(one), SignInAsync(other));
        Assert.NotEqual(Id(Read(tokens[0])), Id(Read(tokens[1])));
    }

    [Fact]
    public async Task A_verified_address_makes_an_operator_that_was_there_the_one_of_the_person()
    {
        var (id, email) = await InsertAsync();
        var claims = Issuer.Claims(Nonce, "administrators");
        (claims["email"], claims["email_verified"]) = (email.ToUpperInvariant(), true);

        var token = Read(await SignInAsync(claims));
        Assert.Equal(id, Id(token));
        Assert.True(ConsoleAcl.FromBitmap(token.GetProperty("acl").GetString()!).IsAdmin);
        Assert.Equal("console user linked to an OpenID Connect identity", await MessageAsync(id, "UPDATE"));
        Assert.Equal("user signed in with OpenID Connect", await MessageAsync(id, "INVOKE"));
    }

    [Fact]
    public async Task Who_had_the_operator_before_it_is_linked_has_neither_its_password_nor_a_session_any_more()
    {
        var (caller, username) = await ConsoleCaller.CreateAsync(Server, ReadAccounts, Password);
        using var before = caller;
        Assert.Equal(HttpStatusCode.OK, (await before.GetAsync("/v2/console/account")).Status);
        var claims = Issuer.Claims(Nonce, "support");
        (claims["email"], claims["email_verified"]) = ($"{username}@example.com", true);
        using var linked = ConsoleCaller.Bearer(Server, await SignInAsync(claims));

        Assert.Equal(HttpStatusCode.Unauthorized, (await before.GetAsync("/v2/console/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await linked.GetAsync("/v2/console/account")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await PasswordStatusAsync(username));
    }

    [Fact]
    public async Task A_password_that_was_set_with_fewer_rights_gives_no_more_of_them()
    {
        var claims = Issuer.Claims(Nonce, "support");
        var token = Read(await SignInAsync(claims));
        var username = token.GetProperty("usn").GetString()!;
        await OidcFixture.AskAsync<object>(
            Server, "UPDATE console_user SET password = $2 WHERE id = $1", Id(token), await ConsoleCaller.HashAsync(Server, Password));
        Assert.Equal(HttpStatusCode.OK, await PasswordStatusAsync(username));
        await SignInAsync(claims);
        Assert.Equal(HttpStatusCode.OK, await PasswordStatusAsync(username));

        claims["roles"] = "administrators";
        await SignInAsync(claims);
        Assert.Equal(HttpStatusCode.Unauthorized, await PasswordStatusAsync(username));
    }

    [Fact]
    public async Task Templates_give_no_right_that_their_author_lacks()
    {
        const string writeTemplates = """{"admin": false, "acl": {"ACL_TEMPLATE": {"read": true, "write": true}, "ACCOUNT": {"read": true}}}""";
        var (caller, _) = await ConsoleCaller.CreateAsync(Server, writeTemplates);
        using var author = caller;
        var (own, more) = (new { ACCOUNT = new { read = true } }, new { ACCOUNT = new { read = true, write = true } });
        var name = Unique.Name("t");
        Assert.Equal(HttpStatusCode.Forbidden, (await author.PostAsync("/v2/console/acl/template", new { name, description = "", acl = more })).Status);
        var (status, template) = await author.PostAsync("/v2/console/acl/template", new { name, description = "", acl = own });
        Assert.Equal(HttpStatusCode.OK, status);

        var path = $"/v2/console/acl/template/{template.GetProperty("id").GetString()}";
        Assert.Equal(HttpStatusCode.Forbidden, (await author.PutAsync(path, new { name, description = "", acl = more })).Status);
        Assert.Equal(HttpStatusCode.OK, (await author.PutAsync(path, new { name, description = "changed", acl = own })).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(null)]
    public async Task An_address_that_is_not_verified_is_never_taken(bool? isVerified)
    {
        var (id, email) = await InsertAsync();
        var claims = Issuer.Claims(Nonce, "administrators");
        claims["email"] = email;
        if (isVerified is { } value) claims["email_verified"] = value;

        var token = Read(await SignInAsync(claims));
        Assert.NotEqual(id, Id(token));
        Assert.NotEqual(email, token.GetProperty("ema").GetString());
        Assert.Equal("false", await OidcFixture.AskAsync<string>(Server, "SELECT acl ->> 'admin' FROM console_user WHERE id = $1", id));
    }

    [Fact]
    public async Task An_operator_belongs_to_one_person_of_the_issuer()
    {
        var claims = Issuer.Claims(Nonce, "support");
        (claims["email"], claims["email_verified"]) = (Unique.Email(), true);
        await SignInAsync(claims);
        claims["sub"] = Unique.Id();

        var (status, error) = await ExchangeAsync(claims);
        Assert.Equal(
            (HttpStatusCode.Forbidden, "Your e-mail address belongs to an operator that signs in with another account."),
            (status, error.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task The_configured_administrator_is_nobody_at_the_issuer()
    {
        using var anonymous = ConsoleCaller.Anonymous(Server);
        await anonymous.PostAsync("/v2/console/authenticate", new { username = "admin", password = "password" });
        await OidcFixture.AskAsync<object>(Server, "UPDATE console_user SET email = 'root@example.com' WHERE id = '00000000-0000-0000-0000-000000000000'");
        var claims = Issuer.Claims(Nonce, "support");
        (claims["email"], claims["email_verified"]) = ("root@example.com", true);
        var (status, session) = await ExchangeAsync(claims);
        Assert.False(status == HttpStatusCode.OK && Id(Read(session.GetProperty("token").GetString()!)) == Guid.Empty);
    }

    [Fact]
    public async Task A_disabled_operator_stays_outside_and_can_come_back()
    {
        var claims = Issuer.Claims(Nonce, "support");
        var id = Id(Read(await SignInAsync(claims)));
        await OidcFixture.AskAsync<object>(Server, "UPDATE console_user SET disable_time = now() WHERE id = $1", id);
        var (status, error) = await ExchangeAsync(claims);
        Assert.Equal((HttpStatusCode.Forbidden, "This operator is disabled."), (status, error.GetProperty("message").GetString()));

        await OidcFixture.AskAsync<object>(Server, "UPDATE console_user SET disable_time = 'epoch' WHERE id = $1", id);
        Assert.Equal(id, Id(Read(await SignInAsync(claims))));
    }

    [Fact]
    public async Task Other_roles_give_other_rights_from_the_next_sign_in_and_end_the_tokens_of_before()
    {
        var claims = Issuer.Claims(Nonce, "administrators");
        var before = await SignInAsync(claims);
        using var admin = ConsoleCaller.Bearer(Server, before);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/v2/console/user")).Status);

        claims["roles"] = "support";
        using var helper = ConsoleCaller.Bearer(Server, await SignInAsync(claims));
        Assert.Equal(HttpStatusCode.Unauthorized, (await admin.GetAsync("/v2/console/user")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await helper.GetAsync("/v2/console/user")).Status);
        Assert.Equal(HttpStatusCode.OK, (await helper.GetAsync("/v2/console/account")).Status);
        Assert.Equal("user access-control-list updated by OpenID Connect", await MessageAsync(Id(Read(before)), "UPDATE"));

        using var again = ConsoleCaller.Bearer(Server, await SignInAsync(claims));
        Assert.Equal(HttpStatusCode.OK, (await helper.GetAsync("/v2/console/account")).Status);
    }

    [Fact]
    public async Task An_operator_without_roles_loses_rights_and_tokens_until_a_role_is_back()
    {
        var claims = Issuer.Claims(Nonce, "administrators");
        var before = await SignInAsync(claims);
        using var admin = ConsoleCaller.Bearer(Server, before);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/v2/console/user")).Status);

        claims["roles"] = "nobody-knows-this-role";
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var (status, error) = await ExchangeAsync(claims);
            Assert.Equal((HttpStatusCode.Forbidden, "Your account has no role for this console."), (status, error.GetProperty("message").GetString()));
            Assert.Equal(HttpStatusCode.Unauthorized, (await admin.GetAsync("/v2/console/user")).Status);
        }

        Assert.Equal("false", await OidcFixture.AskAsync<string>(Server, "SELECT acl ->> 'admin' FROM console_user WHERE id = $1", Id(Read(before))));
        claims["roles"] = "administrators";
        using var again = ConsoleCaller.Bearer(Server, await SignInAsync(claims));
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/v2/console/user")).Status);
    }

    [Fact]
    public async Task A_deleted_operator_who_still_has_the_role_begins_anew()
    {
        var claims = Issuer.Claims(Nonce, "support");
        var token = Read(await SignInAsync(claims));
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");
        Assert.Equal(HttpStatusCode.OK, (await admin.DeleteAsync($"/v2/console/user?username={token.GetProperty("usn").GetString()}")).Status);
        Assert.NotEqual(Id(token), Id(Read(await SignInAsync(claims))));
    }

    [Fact]
    public async Task A_second_step_is_set_up_and_asked_for_here_too_where_it_is_required()
    {
        var claims = Issuer.Claims(Nonce, "support");
        var id = Id(Read(await SignInAsync(claims)));
        await OidcFixture.AskAsync<object>(Server, "UPDATE console_user SET mfa_required = true WHERE id = $1", id);

        var begun = (await ExchangeAsync(claims)).Body;
        Assert.Equal("", begun.GetProperty("token").GetString());
        var setup = begun.GetProperty("mfa_code").GetString()!;
        var secret = Nakama.Server.Security.JwtClaims.Text(Server.Services.GetRequiredService<ConsoleTokens>().Open(ConsolePurpose.MfaEnrollment, setup)!.Value, "secret");
        using var visitor = OidcFixture.Visitor(Server);
        Assert.Equal(HttpStatusCode.OK, (await visitor.PostAsync(
            "/v2/console/authenticate/mfa", new { mfa = setup, code = Totp.CodeAt(secret, TimeProvider.System.GetUtcNow()) })).Status);

        var asked = (await ExchangeAsync(claims)).Body;
        Assert.Equal("", asked.GetProperty("token").GetString());
        var pending = asked.GetProperty("pending").GetString()!;
        using var notYet = ConsoleCaller.Bearer(Server, pending);
        Assert.Equal(HttpStatusCode.Unauthorized, (await notYet.GetAsync("/v2/console/status")).Status);

        var code = Totp.CodeAt(secret, TimeProvider.System.GetUtcNow());
        Assert.Equal("A MFA code is required.", await CodeAsync(visitor, pending, ""));
        Assert.Equal("This sign-in took too long. Sign in again.", await CodeAsync(visitor, setup, code));
        Assert.Equal("", await CodeAsync(visitor, pending, code));
        Assert.Equal("The MFA code is invalid.", await CodeAsync(visitor, pending, code));
    }

    /// <summary>The text of a refusal; empty when a token comes.</summary>
    private static async Task<string?> CodeAsync(ConsoleCaller visitor, string pending, string code)
    {
        var (status, body) = await visitor.PostAsync($"{Exchange}/code", new { pending, code });
        if (status != HttpStatusCode.OK) return body.GetProperty("message").GetString();
        Assert.NotEmpty(body.GetProperty("token").GetString()!);
        return "";
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> ExchangeAsync(Dictionary<string, object> claims)
    {
        using var visitor = OidcFixture.Visitor(Server);
        // Each is another token, as each works once.
        claims["jti"] = Unique.Id();
        return await visitor.PostAsync(Exchange, new { id_token = TestIssuer.Keys.Token(claims), nonce = Nonce });
    }

    private async Task<string> SignInAsync(Dictionary<string, object> claims)
    {
        var (status, session) = await ExchangeAsync(claims);
        Assert.True(status == HttpStatusCode.OK, session.ToString());
        return session.GetProperty("token").GetString()!;
    }

    private async Task<HttpStatusCode> PasswordStatusAsync(string username)
    {
        using var visitor = OidcFixture.Visitor(Server);
        return (await visitor.PostAsync("/v2/console/authenticate", new { username, password = Password })).Status;
    }

    private async Task<(Guid Id, string Email)> InsertAsync()
    {
        var username = Unique.Name("op");
        return (await ConsoleCaller.InsertAsync(Server, username, ReadAccounts, null), $"{username}@example.com");
    }

    private Task<string?> MessageAsync(Guid id, string action) => OidcFixture.AskAsync<string>(
        Server, "SELECT message FROM console_audit_log WHERE console_user_id = $1 AND action = $2 ORDER BY create_time DESC LIMIT 1", id, action);

    private static Guid Id(JsonElement token) => token.GetProperty("id").GetGuid();

    private static JsonElement Read(string token) =>
        JsonSerializer.Deserialize<JsonElement>(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));
}
