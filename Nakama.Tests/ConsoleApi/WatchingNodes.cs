using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleApi;

public sealed class WatchingNodes(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task The_feed_counts_a_session_while_it_is_open()
    {
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");
        using var timeout = new CancellationTokenSource(TestSocket.Patience);
        await using var stream = await admin.Http.GetStreamAsync(new Uri("/v2/console/feed?history=5", UriKind.Relative), timeout.Token);
        await using var events = SseParser.Create(stream).EnumerateAsync(timeout.Token).GetAsyncEnumerator(timeout.Token);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("history", events.Current.EventType);

        var player = await Server.AuthenticateAsync();
        await using (await Server.OpenSocketAsync(player, status: true))
        {
            var node = await UntilAsync(events, node => node.GetProperty("sessions").GetInt32() == 1);
            Assert.Equal(Server.Options.Name, node.GetProperty("name").GetString());
            Assert.True(node.GetProperty("presences").GetInt32() >= 1);
            Assert.True(node.GetProperty("working_set_bytes").GetInt64() > 0);
        }

        await UntilAsync(events, node => node.GetProperty("sessions").GetInt32() == 0);
    }

    [Fact]
    public async Task A_party_is_counted_while_it_lasts()
    {
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");
        await using (var socket = await Server.OpenSocketAsync(await Server.AuthenticateAsync()))
        {
            await socket.AskAsync("\"party_create\":{\"open\":true,\"max_size\":2}");
            await UntilCountAsync(admin, 1);
        }

        await UntilCountAsync(admin, 0);
    }

    [Fact]
    public async Task The_feed_is_for_operators_only()
    {
        using var anonymous = ConsoleCaller.Anonymous(Server);
        using var response = await anonymous.Http.GetAsync(new Uri("/v2/console/feed", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("Console authentication required.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_passwords_at_the_feed_lock_the_address_of_the_visitor_alone()
    {
        using var stranger = ConsoleCaller.Basic(Server, "admin", "wrong");
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++) answers.Add(await AskForFeedAsync(stranger, "203.0.113.61"));
        answers.Add(await AskForFeedAsync(stranger, "203.0.113.62"));

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 5), HttpStatusCode.TooManyRequests, HttpStatusCode.Unauthorized], answers);
    }

    [Fact]
    public async Task The_configuration_hides_the_console_s_secrets_and_warns_of_defaults()
    {
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");
        var config = (await admin.GetAsync("/v2/console/config")).Body;
        var settings = JsonSerializer.Deserialize<JsonElement>(config.GetProperty("config").GetString()!);
        Assert.Equal("REDACTED", settings.GetProperty("console").GetProperty("password").GetString());
        Assert.Contains(config.GetProperty("warnings").EnumerateArray(), warning => warning.GetProperty("field").GetString() == "console.password");
    }

    [Fact]
    public async Task The_one_shared_setting_can_be_switched_and_others_cannot()
    {
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");
        Assert.Equal("true", (await admin.PostAsync("/v2/console/setting/utc_toggle", new { value = "true" })).Body.GetProperty("value").GetString());
        Assert.Equal("true", (await admin.GetAsync("/v2/console/setting/utc_toggle")).Body.GetProperty("value").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync("/v2/console/setting/other", new { value = "true" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/v2/console/setting/other")).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await admin.PostAsync("/v2/console/setting/utc_toggle", new { value = "{" })).Status);
    }

    /// <summary>Asks as the console does on behalf of a visitor.</summary>
    private static async Task<HttpStatusCode> AskForFeedAsync(ConsoleCaller caller, string visitor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v2/console/feed", UriKind.Relative));
        request.Headers.Add("X-Forwarded-For", visitor);
        using var response = await caller.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.StatusCode;
    }

    private static async Task UntilCountAsync(ConsoleCaller admin, int parties)
    {
        using var timeout = new CancellationTokenSource(TestSocket.Patience);
        while ((await admin.GetAsync("/v2/console/status")).Body.GetProperty("nodes").EnumerateArray().Sum(node => node.GetProperty("party_count").GetInt32()) != parties)
            await Task.Delay(100, timeout.Token);
    }

    private static async Task<JsonElement> UntilAsync(IAsyncEnumerator<SseItem<string>> events, Func<JsonElement, bool> isWanted)
    {
        while (await events.MoveNextAsync())
        {
            var node = JsonSerializer.Deserialize<JsonElement>(events.Current.Data).GetProperty("nodes")[0];
            if (isWanted(node)) return node;
        }

        throw new InvalidOperationException("The feed ended.");
    }
}
