using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nakama.Server.ConsoleApi;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.ConsoleApi;

public sealed class SigningIn(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Login = "/v2/console/authenticate";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task The_configured_name_and_password_give_a_token_that_may_do_everything()
    {
        using var anonymous = ConsoleCaller.Anonymous(Server);
        var (status, session) = await anonymous.PostAsync(Login, new { username = "admin", password = "password" });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, session.GetProperty("mfa_code").ValueKind);

        using var admin = ConsoleCaller.Bearer(Server, session.GetProperty("token").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/v2/console/status")).Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/v2/console/config")).Status);
    }

    [Fact]
    public async Task The_configured_name_and_password_also_work_in_the_header()
    {
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/v2/console/status")).Status);
    }

    [Theory]
    [InlineData("nobody", "password")]
    [InlineData("", "")]
    public async Task Strangers_are_refused_with_the_same_words(string username, string password)
    {
        using var anonymous = ConsoleCaller.Anonymous(Server);
        var (status, error) = await anonymous.PostAsync(Login, new { username, password });
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal("""{"code":16,"message":"Invalid credentials.","details":[]}""", error.GetRawText());
    }

    [Fact]
    public async Task Nothing_is_told_without_credentials_and_the_words_say_which_are_wrong()
    {
        using var anonymous = ConsoleCaller.Anonymous(Server);
        using var wrongName = ConsoleCaller.Basic(Server, "someone", "password");
        using var wrongToken = ConsoleCaller.Bearer(Server, "e30.e30.e30");
        Assert.Equal((HttpStatusCode.Unauthorized, "Console authentication required."), await RefusalAsync(anonymous));
        Assert.Equal((HttpStatusCode.Unauthorized, "Console authentication invalid."), await RefusalAsync(wrongName));
        Assert.Equal((HttpStatusCode.Unauthorized, "Token invalid."), await RefusalAsync(wrongToken));
    }

    [Fact]
    public async Task A_token_is_useless_after_logout()
    {
        var (caller, _) = await ConsoleCaller.CreateAsync(Server, """{"admin": true}""");
        using var admin = caller;
        var token = admin.Http.DefaultRequestHeaders.Authorization!.Parameter;
        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync("/v2/console/authenticate/logout", new { token })).Status);
        Assert.Equal((HttpStatusCode.Unauthorized, "Token invalid."), await RefusalAsync(admin));
    }

    [Fact]
    public async Task Logging_out_with_garbage_succeeds()
    {
        using var anonymous = ConsoleCaller.Anonymous(Server);
        Assert.Equal(HttpStatusCode.OK, (await anonymous.PostAsync("/v2/console/authenticate/logout", new { token = "garbage" })).Status);
    }

    [Fact]
    public async Task An_operator_who_never_set_a_password_and_one_without_rights_stay_outside()
    {
        var invited = Unique.Name("op");
        var powerless = Unique.Name("op");
        await ConsoleCaller.InsertAsync(Server, invited, """{"admin": true}""", null);
        await ConsoleCaller.InsertAsync(Server, powerless, """{"admin": false}""", await ConsoleCaller.HashAsync(Server, "correct horse 1"));
        using var anonymous = ConsoleCaller.Anonymous(Server);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync(Login, new { username = invited, password = "" })).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync(Login, new { username = powerless, password = "correct horse 1" })).Status);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_name_for_a_minute()
    {
        var clock = new TestTimeProvider();
        var lockout = new LoginLockout(clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<LoginLockout>.Instance);
        await using var server = await TestServer.StartAsync(configure: builder => builder.Services.Replace(ServiceDescriptor.Singleton(lockout)));
        using var anonymous = ConsoleCaller.Anonymous(server);
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync(Login, new { username = "admin", password = "wrong" })).Status);

        var (status, error) = await anonymous.PostAsync(Login, new { username = "admin", password = "password" });
        Assert.Equal((HttpStatusCode.TooManyRequests, "Try again later."), (status, error.GetProperty("message").GetString()));

        clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.OK, (await anonymous.PostAsync(Login, new { username = "admin", password = "password" })).Status);
    }

    [Fact]
    public async Task An_operator_who_must_use_an_app_sets_it_up_and_then_needs_its_codes()
    {
        var username = Unique.Name("op");
        const string password = "correct horse 1";
        var id = await ConsoleCaller.InsertAsync(Server, username, """{"admin": true}""", await ConsoleCaller.HashAsync(Server, password));
        await RequireMfaAsync(id);
        using var anonymous = ConsoleCaller.Anonymous(Server);

        var begun = (await anonymous.PostAsync(Login, new { username, password })).Body;
        Assert.Equal("", begun.GetProperty("token").GetString());
        var setup = begun.GetProperty("mfa_code").GetString()!;
        var secret = Nakama.Server.Security.JwtClaims.Text(Server.Services.GetRequiredService<ConsoleTokens>().Open(ConsolePurpose.MfaEnrollment, setup)!.Value, "secret");
        var completed = await anonymous.PostAsync($"{Login}/mfa", new { mfa = setup, code = Totp.CodeAt(secret, TimeProvider.System.GetUtcNow()) });
        Assert.Equal(HttpStatusCode.OK, completed.Status);
        var recovery = completed.Body.GetProperty("recovery_codes")[0].GetString();

        Assert.Equal("A MFA code is required.", (await anonymous.PostAsync(Login, new { username, password })).Body.GetProperty("message").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await anonymous.PostAsync(Login, new { username, password, mfa = "12x" })).Status);
        var mfa = Totp.CodeAt(secret, TimeProvider.System.GetUtcNow());
        Assert.Equal(HttpStatusCode.OK, (await anonymous.PostAsync(Login, new { username, password, mfa })).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync(Login, new { username, password, mfa })).Status);
        Assert.Equal(HttpStatusCode.OK, (await anonymous.PostAsync(Login, new { username, password, mfa = recovery })).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync(Login, new { username, password, mfa = recovery })).Status);
    }

    private static async Task<(HttpStatusCode, string?)> RefusalAsync(ConsoleCaller caller)
    {
        var (status, error) = await caller.GetAsync("/v2/console/status");
        return (status, error.GetProperty("message").GetString());
    }

    private async Task RequireMfaAsync(Guid id)
    {
        await using var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "UPDATE console_user SET mfa_required = true WHERE id = $1");
        command.Parameters.AddWithValue(id);
        await command.ExecuteNonQueryAsync();
    }
}
