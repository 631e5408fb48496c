using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Matchmaking;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Matchmaking;

/// <summary>The matchmaker of a whole node: messages over sockets, the numbers over HTTP, sessions that close.</summary>
public sealed class WholeNode : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() =>
        _server = await TestServer.StartAsync(options => options with { Matchmaker = options.Matchmaker with { IntervalSec = 3600 } });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_session_that_closes_gives_up_its_tickets_and_the_numbers_tell_of_the_rest()
    {
        var (anna, ben) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());
        await using var annas = await _server.OpenSocketAsync(anna);
        await using (var bens = await _server.OpenSocketAsync(ben))
        {
            await AddAsync(annas);
            await AddAsync(bens);
            await RoundAsync();
            Assert.Equal(2, (await StatsAsync(anna)).GetProperty("ticket_count").GetInt32());
            await bens.CloseAsync();
        }

        await AddAsync(annas);
        await RoundAsync();

        var stats = await StatsAsync(anna);
        Assert.Equal(2, stats.GetProperty("ticket_count").GetInt32());
        Assert.NotEmpty(stats.GetProperty("oldest_ticket_create_time").GetString()!);
    }

    [Fact]
    public async Task Who_may_hold_no_more_tickets_is_told_no_reason()
    {
        await using var socket = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
        for (var i = 0; i < 3; i++) await AddAsync(socket);

        var refused = await socket.AskAsync("""
            "matchmaker_add":{"min_count":2,"max_count":2,"query":"*"}
            """);
        Assert.Equal("""{"message":"Error adding to matchmaker"}""", refused.GetProperty("error").GetRawText());
        var empty = await socket.AskAsync("\"matchmaker_remove\":{}");
        Assert.Equal("Invalid matchmaker ticket", empty.GetProperty("error").GetProperty("message").GetString());
    }

    private static async Task AddAsync(TestSocket socket) => Assert.True((await socket.AskAsync("""
        "matchmaker_add":{"min_count":2,"max_count":2,"query":"+properties.none:x"}
        """)).TryGetProperty("matchmaker_ticket", out _));

    private async Task RoundAsync() => await _server.Services.GetRequiredService<MatchmakerInterval>().RunAsync(CancellationToken.None);

    private async Task<JsonElement> StatsAsync(TestPlayer player)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/matchmaker/stats");
        request.Headers.Authorization = player.Bearer;
        using var response = await _server.Http.SendAsync(request);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
