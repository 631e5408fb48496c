using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Nakama.Tests.ConsolePages;

/// <summary>Visitors that open live connections, or only ask for them, as fast as they can.</summary>
public sealed class FloodsOfLivePages(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>, IAsyncLifetime
{
    private const int PerAddress = 3;
    private const int InAll = 5;
    private const int NewPerMinute = 40;
    private const string Home = "203.0.113.1";
    private const string Crowd = "198.51.100.1";

    private readonly string _folder = Directory.CreateTempSubdirectory("nakama-console-").FullName;
    private WebApplication _console = null!;
    private string _address = "";

    public async Task InitializeAsync() => (_console, _address) = await ConsoleFixture.StartConsoleAsync(
        $"http://127.0.0.1:{fixture.Server.ConsolePort}",
        _folder,
        configure: builder => builder.Services.AddSingleton<IStartupFilter, PeerFilter>(),
        settings:
        [
            "--Console:MaxCircuits", $"{InAll}", "--Console:MaxCircuitsPerAddress", $"{PerAddress}",
            "--Console:MaxNewCircuitsPerMinute", $"{NewPerMinute}", "--Console:MaxRetainedCircuits", "7",
        ]);

    public async Task DisposeAsync()
    {
        await _console.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Who_has_not_signed_in_opens_no_live_connection_and_signs_in_without_one()
    {
        using var stranger = new ConsoleVisitor(fixture.Address);
        for (var i = 0; i < 3000; i++)
        {
            using var refused = await stranger.NegotiateAsync();
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.OpenAsync()).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.OpenAsync(query: "id=x")).Status);
        var page = await Chromium.OpenAsync(fixture.Address);
        var live = new List<string>();
        page.Request += (_, request) => live.Add(request.Url);
        page.WebSocket += (_, socket) => live.Add(socket.Url);
        await page.GotoAsync("/no/such/page");
        await page.GotoAsync("/login");
        Assert.DoesNotContain(live, url => url.Contains("/_blazor", StringComparison.Ordinal));

        await ConsoleFixture.FillAsync(page, "admin", "password");
        await page.WaitForSelectorAsync(".shell[data-live=true]");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Connections_are_bounded_by_address_and_in_all_and_free_again_when_they_close()
    {
        using var crowd = Operator(Crowd);
        using var home = Operator(Home);
        var open = new List<ClientWebSocket>();
        for (var i = 0; i < PerAddress; i++) open.Add((await crowd.OpenAsync()).Socket!);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await crowd.OpenAsync()).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await crowd.OpenAsync(query: "id=")).Status);

        for (var i = PerAddress; i < InAll; i++) open.Add((await home.OpenAsync()).Socket!);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await home.OpenAsync()).Status);

        open.ForEach(socket => socket.Dispose());
        await UntilAsync(async () =>
        {
            var (socket, status) = await home.OpenAsync();
            socket?.Dispose();
            return status == HttpStatusCode.SwitchingProtocols;
        });
    }

    [Fact]
    public async Task Thousands_of_negotiations_are_cut_short_and_leave_nothing_behind()
    {
        using var crowd = Operator("2001:db8:1:2::1");
        var tokens = new List<string>();
        for (var i = 0; i < 2000; i++)
        {
            // All of a network counts as one.
            crowd.Headers.Remove(PeerFilter.Header);
            crowd.Headers.Add(PeerFilter.Header, $"2001:db8:1:2::{i:x}");
            using var answer = await crowd.NegotiateAsync();
            if (answer.StatusCode == HttpStatusCode.OK)
                tokens.Add(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("connectionToken").GetString()!);
            else Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        }

        // The flood may last into the next minutes of the bound.
        Assert.InRange(tokens.Count, NewPerMinute, NewPerMinute * 10);
        using (var home = Operator("2001:db8:9::1"))
        {
            using var served = await home.NegotiateAsync();
            Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        }

        foreach (var token in (string[])[tokens[0], tokens[^1]])
        {
            await UntilAsync(async () =>
            {
                using var send = await crowd.PostAsync($"/_blazor?id={Uri.EscapeDataString(token)}", []);
                return send.StatusCode == HttpStatusCode.NotFound;
            });
        }
    }

    [Fact]
    public void Pages_that_lost_their_connection_are_kept_up_to_a_bound()
    {
        var options = _console.Services.GetRequiredService<IOptions<CircuitOptions>>().Value;
        Assert.Equal((7, 7), (options.DisconnectedCircuitMaxRetained, options.PersistedCircuitInMemoryMaxRetained));
    }

    [Theory]
    [InlineData("--Console:MaxCircuits", "0")]
    [InlineData("--Console:TrustedProxies", "everybody")]
    [InlineData("--Console:Origins", "console.example")]
    [InlineData("--Console:BasePath", "console")]
    [InlineData("--Console:BasePath", "//console")]
    [InlineData("--Console:BasePath", "/console/..")]
    public async Task A_setting_that_will_not_do_is_told_at_the_start(string name, string value)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ConsoleFixture.StartConsoleAsync("http://127.0.0.1:1", _folder, settings: [name, value]));
        Assert.Contains(name[2..], error.Message, StringComparison.Ordinal);
    }

    private ConsoleVisitor Operator(string peer)
    {
        var visitor = ConsoleVisitor.SignedIn(_console.Services, fixture.Server, _address);
        visitor.Headers.Add(PeerFilter.Header, peer);
        return visitor;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition()) await Task.Delay(200, patience.Token);
    }
}
