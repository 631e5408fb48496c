using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nakama.Server.Security;
using Nakama.Server.Sessions;
using Nakama.Server.Transport.SignalR;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Faults;

/// <summary>Hub connections that keep no TCP connection open.</summary>
public sealed class HubNegotiations
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_user_negotiates_no_more_connections_than_are_kept_until_some_are_forgotten()
    {
        var clock = new TestTimeProvider();
        await using var server = await TestServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var (player, other) = (await server.AuthenticateAsync(), await server.AuthenticateAsync());
        for (var i = 0; i < HubSlots.MaxPerUser; i++) Assert.Equal(HttpStatusCode.OK, (await NegotiateAsync(server, player)).Status);

        var (status, retryAfter, _) = await NegotiateAsync(server, player);

        Assert.Equal((HttpStatusCode.TooManyRequests, HubSlots.Lifetime), (status, retryAfter));
        Assert.Equal(HttpStatusCode.OK, (await NegotiateAsync(server, other)).Status);
        clock.Advance(2 * HubSlots.Lifetime);
        Assert.Equal(HttpStatusCode.OK, (await NegotiateAsync(server, player)).Status);
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Opened_connections_give_their_slots_back(HttpTransportType transport)
    {
        await using var server = await TestServer.StartAsync();
        var player = await server.AuthenticateAsync();

        for (var i = 0; i < HubSlots.MaxPerUser + 4; i++)
        {
            await using var hub = await OpenAsync(server, player, transport);
            await hub.InvokeAsync<object?>("Ping");
            await hub.StopAsync();
            await UntilAsync(() => server.Services.GetRequiredService<SessionRegistry>().Count == 0);
        }
    }

    [Fact]
    public async Task Connections_that_poll_keep_their_slots()
    {
        await using var server = await TestServer.StartAsync();
        var player = await server.AuthenticateAsync();
        var polling = new List<HubConnection>();
        for (var i = 0; i < HubSlots.MaxPerUser; i++) polling.Add(await OpenAsync(server, player, HttpTransportType.LongPolling));

        await Assert.ThrowsAsync<HttpRequestException>(() => OpenAsync(server, player, HttpTransportType.LongPolling));

        await polling[0].DisposeAsync();
        await UntilAsync(() => server.Services.GetRequiredService<SessionRegistry>().Count == HubSlots.MaxPerUser - 1);
        polling[0] = await OpenAsync(server, player, HttpTransportType.LongPolling);
        foreach (var hub in polling) await hub.DisposeAsync();
    }

    [Fact]
    public async Task As_many_polls_as_in_an_hour_leave_one_session_and_then_none()
    {
        // Each message ends a poll. In an idle hour that is a ping every fifteen seconds; here it is responses.
        const int PollsOfAnHour = 240;
        await using var server = await TestServer.StartAsync();
        var sessions = server.Services.GetRequiredService<SessionRegistry>();
        var player = await server.AuthenticateAsync();
        var polls = 0;
        var hub = new HubConnectionBuilder().WithUrl(new Uri(server.Http.BaseAddress!, "/signalr"), http =>
        {
            http.Transports = HttpTransportType.LongPolling;
            http.AccessTokenProvider = () => Task.FromResult<string?>(player.Token);
            http.HttpMessageHandlerFactory = inner => new Counting(inner, () => Interlocked.Increment(ref polls));
        }).Build();

        await hub.StartAsync();
        while (Volatile.Read(ref polls) < PollsOfAnHour) await hub.InvokeAsync<object?>("Ping");

        Assert.Equal(1, sessions.Count);
        await hub.InvokeAsync<object?>("Ping");
        await hub.DisposeAsync();
        await UntilAsync(() => sessions.Count == 0);
        Assert.DoesNotContain(server.Log.Lines, line => line.Level >= LogLevel.Error);
    }

    [Fact]
    public void A_network_and_all_together_have_a_number_of_slots_too()
    {
        var clock = new TestTimeProvider();
        var slots = new HubSlots(clock);
        var network = new NetworkKey(1);
        for (var i = 0; i < HubSlots.MaxPerNetwork; i++) Assert.True(slots.TryNegotiate(Guid.NewGuid(), network));
        Assert.False(slots.TryNegotiate(Guid.NewGuid(), network));

        var taken = HubSlots.MaxPerNetwork;
        for (; slots.TryNegotiate(Guid.NewGuid(), new NetworkKey((ulong)taken + 2)); taken++) Assert.InRange(taken, 0, HubSlots.MaxCount);
        Assert.Equal(HubSlots.MaxCount, taken);

        clock.Advance(2 * HubSlots.Lifetime);
        Assert.True(slots.TryNegotiate(Guid.NewGuid(), network));
    }

    [Fact]
    public void A_slot_of_a_connection_that_polls_lasts_until_it_is_given_back()
    {
        var clock = new TestTimeProvider();
        var slots = new HubSlots(clock);
        var (user, network) = (Guid.NewGuid(), new NetworkKey(1));
        var held = new List<IDisposable>();
        for (var i = 0; i < HubSlots.MaxPerUser; i++)
        {
            Assert.True(slots.TryNegotiate(user, network));
            held.Add(slots.Open(user, network, isPolling: true)!);
        }

        clock.Advance(TimeSpan.FromHours(1));
        Assert.False(slots.TryNegotiate(user, network));

        held[0].Dispose();
        held[0].Dispose();
        Assert.True(slots.TryNegotiate(user, network));
        Assert.False(slots.TryNegotiate(user, network));
    }

    private static async Task<HubConnection> OpenAsync(TestServer server, TestPlayer player, HttpTransportType transport)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(server.Http.BaseAddress!, "/signalr"), http =>
        {
            http.Transports = transport;
            http.AccessTokenProvider = () => Task.FromResult<string?>(player.Token);
        }).Build();
        try
        {
            await hub.StartAsync();
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    private static async Task<(HttpStatusCode Status, TimeSpan? RetryAfter, string? Id)> NegotiateAsync(TestServer server, TestPlayer player)
    {
        using var response = await server.Http.PostAsync(new Uri($"/signalr/negotiate?negotiateVersion=1&access_token={player.Token}", UriKind.Relative), null);
        if (!response.IsSuccessStatusCode) return (response.StatusCode, response.Headers.RetryAfter?.Delta, null);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, null, json.RootElement.GetProperty("connectionToken").GetString());
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (!condition()) await Task.Delay(20, timeout.Token);
    }

    private sealed class Counting(HttpMessageHandler inner, Action onPoll) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get) onPoll();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
