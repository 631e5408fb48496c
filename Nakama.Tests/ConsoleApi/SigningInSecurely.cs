using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.ConsoleApi;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.ConsoleApi;

public sealed class SigningInSecurely(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Login = "/v2/console/authenticate";
    private const string Password = "correct horse 1";

    private TestServer Server => fixture.Server;

    private ConsoleTokens Tokens => Server.Services.GetRequiredService<ConsoleTokens>();

    [Fact]
    public async Task Wrong_codes_lock_the_second_step_although_the_password_is_right()
    {
        var (username, secret) = await OperatorWithSecondStepAsync();
        using var anonymous = ConsoleCaller.Anonymous(Server);
        var wrong = Totp.CodeAt(secret, TimeProvider.System.GetUtcNow().AddDays(1));
        for (var i = 0; i < SecondStep.MaxWrongCodes; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync(Login, new { username, password = Password, mfa = wrong })).Status);

        var right = Totp.CodeAt(secret, TimeProvider.System.GetUtcNow());
        Assert.Equal(HttpStatusCode.TooManyRequests, (await anonymous.PostAsync(Login, new { username, password = Password, mfa = right })).Status);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var steps = Server.Services.GetRequiredService<SecondStepStore>();
        var user = Guid.NewGuid();

        var uses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => steps.UseAsync(user, 7, CancellationToken.None).AsTask()));

        Assert.Single(uses, static isFirst => isFirst);
        Assert.False(await steps.UseAsync(user, 6, CancellationToken.None));
        Assert.True(await steps.UseAsync(user, 8, CancellationToken.None));
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_purpose_only()
    {
        var username = Unique.Name("op");
        var id = await ConsoleCaller.InsertAsync(Server, username, """{"admin": true}""", null);
        var session = Tokens.Issue(id, username, "", ConsoleAcl.Admin, TimeProvider.System.GetUtcNow());
        var reset = Text(ConsolePurpose.PasswordReset, id, lifeSec: 60);
        var setup = Text(ConsolePurpose.MfaEnrollment, id, lifeSec: 60);

        Assert.NotNull(Tokens.Check(session));
        Assert.Null(Tokens.Check(reset));
        Assert.Null(Tokens.Check(setup));
        Assert.Null(Tokens.Open(ConsolePurpose.PasswordReset, session));
        Assert.Null(Tokens.Open(ConsolePurpose.PasswordReset, setup));
        Assert.Null(Tokens.Open(ConsolePurpose.MfaEnrollment, reset));
        Assert.NotNull(Tokens.Open(ConsolePurpose.MfaEnrollment, setup));

        using var anonymous = ConsoleCaller.Anonymous(Server);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync($"{Login}/mfa", new { mfa = reset, code = "123456" })).Status);
    }

    [Fact]
    public void A_token_of_a_longer_life_than_the_settings_give_is_refused()
    {
        var lifeSec = Server.Options.Console.TokenExpirySec;

        Assert.NotNull(Tokens.Open(ConsolePurpose.PasswordReset, Text(ConsolePurpose.PasswordReset, Guid.NewGuid(), lifeSec)));
        Assert.Null(Tokens.Open(ConsolePurpose.PasswordReset, Text(ConsolePurpose.PasswordReset, Guid.NewGuid(), lifeSec + 3600)));
    }

    private string Text(ConsolePurpose purpose, Guid id, long lifeSec) =>
        Tokens.Sign(purpose, (id, Expiry: TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + lifeSec), static (json, claims) =>
        {
            // What each of the kinds looks for is all there, so that only the purpose can be what is wrong.
            json.WriteString("id", claims.id);
            json.WriteString("uid", claims.id);
            json.WriteString("user_id", claims.id);
            json.WriteString("secret", "ABCDEFGHIJKLMNOP");
            json.WriteNumber("iat", claims.Expiry);
            json.WriteNumber("crt", claims.Expiry);
            json.WriteNumber("exp", claims.Expiry);
        });

    private async Task<(string Username, string Secret)> OperatorWithSecondStepAsync()
    {
        var username = Unique.Name("op");
        var id = await ConsoleCaller.InsertAsync(Server, username, """{"admin": true}""", await ConsoleCaller.HashAsync(Server, Password));
        var secret = Totp.CreateSecret();
        await using var command = Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "UPDATE console_user SET mfa_secret = $2 WHERE id = $1");
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(Server.Services.GetRequiredService<MfaVault>().Seal(secret));
        await command.ExecuteNonQueryAsync();
        return (username, secret);
    }
}
