using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Console;
using Nakama.Server.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleApi;

public sealed class AuditLogOfOperators(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Theory]
    [InlineData("AuthenticateEmail", "{\"account\":{\"email\":\"EMAIL\",\"password\":\"SECRET\"}}")]
    [InlineData("LinkEmail", "{\"email\":\"EMAIL\",\"password\":\"SECRET\"}")]
    [InlineData("UnlinkEmail", "{\"email\":\"EMAIL\",\"password\":\"SECRET\"}")]
    [InlineData("SessionLogout", "{\"token\":\"SECRET\"}")]
    [InlineData("ImportFacebookFriends", "{\"account\":{\"token\":\"SECRET\"}}")]
    public async Task Secrets_of_a_call_through_the_explorer_are_not_in_it(string method, string body)
    {
        var player = await Server.AuthenticateAsync();
        var (caller, username) = await ConsoleCaller.CreateAsync(Server, "{\"admin\":true}");
        using var admin = caller;
        var secret = Unique.Name("secret");
        body = body.Replace("SECRET", secret, StringComparison.Ordinal).Replace("EMAIL", Unique.Email(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync($"/v2/console/api/endpoints/{method}", new { body, user_id = player.UserId })).Status);

        var metadata = await MetadataAsync(username, "INVOKE");
        Assert.DoesNotContain(secret, metadata, StringComparison.Ordinal);
        var call = JsonSerializer.Deserialize<JsonElement>(metadata);
        Assert.Equal((method, "***"), (call.GetProperty("method").GetString(), call.GetProperty("body").GetString()));
    }

    [Fact]
    public async Task Other_calls_through_the_explorer_are_in_it_whole()
    {
        var player = await Server.AuthenticateAsync();
        var (caller, username) = await ConsoleCaller.CreateAsync(Server, "{\"admin\":true}");
        using var admin = caller;

        await admin.PostAsync("/v2/console/api/endpoints/UpdateAccount", new { body = "{\"location\":\"here\"}", user_id = player.UserId });

        Assert.Contains("here", await MetadataAsync(username, "INVOKE"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notification_that_an_operator_sends_is_in_it()
    {
        var player = await Server.AuthenticateAsync();
        var (caller, username) = await ConsoleCaller.CreateAsync(Server, "{\"admin\":true}");
        using var admin = caller;
        var subject = Unique.Name();

        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync("/v2/console/notification", new { user_ids = new[] { player.UserId }, subject, code = 7, content = new { }, persistent = true })).Status);

        Assert.Contains(subject, await MetadataAsync(username, "CREATE"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_action_or_resource_finds_nothing() =>
        Assert.Empty(await Server.Services.GetRequiredService<AuditLogStore>().ListAsync(
            new AuditFilter("", 99, (AuditLogAction)99, null, null), null, isNext: true, 10, CancellationToken.None));

    private async Task<string> MetadataAsync(string username, string action)
    {
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");
        var (_, log) = await admin.GetAsync($"/v2/console/audit/log?username={username}&action={action}&limit=1");
        return Assert.Single(log.GetProperty("entries").EnumerateArray()).GetProperty("metadata").GetString()!;
    }
}
