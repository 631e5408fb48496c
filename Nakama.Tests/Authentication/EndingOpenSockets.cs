using Microsoft.Extensions.DependencyInjection;
using Nakama.Protocol.Realtime;
using Nakama.Server.Accounts;
using Nakama.Tests.TestHost;
using Nakama.Tests.Transport;
using Nakama.Tests.Transport.Rudp;

namespace Nakama.Tests.Authentication;

/// <summary>The clock stands still, so everything here happens in one second.</summary>
public sealed class EndingOpenSockets : IAsyncLifetime
{
    private readonly TestTimeProvider _clock = new();
    private TestServer _server = null!;

    public async Task InitializeAsync() =>
        _server = await TestServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(_clock));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public Task Signing_out_everywhere_closes_the_sockets_of_every_transport() => CloseAllAsync(async player =>
        (await _server.AsAsync(player.Token, "POST /v2/session/logout", new { })).Ok());

    [Fact]
    public Task A_ban_closes_the_sockets_of_every_transport() => CloseAllAsync(player =>
        _server.Services.GetRequiredService<AccountBans>().BanAsync([player.UserId], CancellationToken.None).AsTask());

    [Fact]
    public async Task Signing_out_of_one_login_leaves_the_sockets()
    {
        var player = await _server.AuthenticateAsync();
        await using var socket = await _server.OpenSocketAsync(player);

        (await _server.AsAsync(player.Token, "POST /v2/session/logout", new { refresh_token = player.RefreshToken })).Ok();

        await socket.AskAsync("\"ping\":{}");
    }

    [Fact]
    public async Task A_ban_ends_the_session_tokens_of_its_own_second()
    {
        var player = await _server.AuthenticateAsync();
        (await _server.AsAsync(player.Token, "GET /v2/account")).Ok();

        await _server.Services.GetRequiredService<AccountBans>().BanAsync([player.UserId], CancellationToken.None);

        (await _server.AsAsync(player.Token, "GET /v2/account")).Refused(401, 16, "Auth token invalid");
    }

    private async Task CloseAllAsync(Func<TestPlayer, Task> end)
    {
        var (player, other) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());
        await using var socket = await _server.OpenSocketAsync(player);
        await using var hub = await HubSocket.OpenAsync(_server, player);
        await hub.SendAsync("""{"type":1,"invocationId":"1","target":"Ping","arguments":[]}""");
        await hub.ReceiveAsync(3);
        await using var udp = await EnetClient.OpenAsync(_server.Port + 2, player);
        await udp.AskAsync(new Envelope { Ping = new Ping() });
        await using var others = await _server.OpenSocketAsync(other);

        await end(player);

        while (await socket.ReceiveBytesAsync() is not null)
        {
            // The last words come before the end.
        }

        Assert.Equal(1000, socket.CloseStatus);
        Assert.Equal("server-side session disconnect", (await hub.ReceiveAsync(7)).GetProperty("error").GetString());
        Assert.Equal(1000u, await udp.Disconnected);
        await others.AskAsync("\"ping\":{}");
    }
}
