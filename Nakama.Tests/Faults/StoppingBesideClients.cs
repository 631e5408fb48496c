using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Lifecycle;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Faults;

/// <summary>A node that is stopped while clients send arbitrary requests.</summary>
public sealed class StoppingBesideClients
{
    private const int ClientsOfEachKind = 100;

    [Fact]
    public async Task It_ends_although_clients_stay_silent_stop_halfway_ignore_the_close_or_come_again_and_again()
    {
        var postgres = await Postgres.ServerAsync();
        var database = await Postgres.CreateDatabaseAsync();
        await using (var server = await ServerProcess.StartAsync(postgres.Address(database), "--shutdown_grace_sec", "0"))
        {
            var client = new global::Nakama.Client("http", "127.0.0.1", server.Port, "defaultkey");
            var token = (await client.AuthenticateDeviceAsync(Unique.Id())).AuthToken;
            var open = new List<TcpClient>();
            using var ended = new CancellationTokenSource();
            try
            {
                for (var i = 0; i < ClientsOfEachKind; i++)
                {
                    open.Add(await ConnectAsync(server.Port));
                    open.Add(await ConnectAsync(server.Port, "GET /v2/account HTTP/1.1\r\nHost: "));
                    open.Add(await UpgradeAsync(server.Port, token));
                }

                var returning = Enumerable.Range(0, 4).Select(_ => ComeAgainAsync(server.Port, token, ended.Token)).ToArray();

                Assert.Equal(0, await server.StopAsync());

                await ended.CancelAsync();
                await Task.WhenAll(returning);
                Assert.Contains("Connections that did not end by themselves were closed", server.Output, StringComparison.Ordinal);
                Assert.Contains("Shutdown complete", server.Output, StringComparison.Ordinal);
                var errors = server.Output.Split('\n').Where(static line => line.Contains("\"level\":\"error\"", StringComparison.Ordinal)).ToArray();
                Assert.True(errors.Length == 0, string.Join('\n', errors));
            }
            finally
            {
                open.ForEach(client => client.Dispose());
            }
        }

        await Postgres.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task While_it_drains_requests_are_served_and_new_sockets_are_refused_on_every_transport()
    {
        await using var server = await TestServer.StartAsync();
        var player = await server.AuthenticateAsync();
        await using var socket = await server.OpenSocketAsync(player);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync("/health"), await StatusAsync("/alive")));

        server.Services.GetRequiredService<NodeLifecycle>().TryEnter(NodePhase.Draining);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (await StatusAsync("/health"), await StatusAsync("/alive")));

        Assert.True((await socket.AskAsync("\"ping\":{}")).TryGetProperty("pong", out _));
        using var account = new HttpRequestMessage(HttpMethod.Get, "/v2/account");
        account.Headers.Authorization = player.Bearer;
        using var served = await server.Http.SendAsync(account);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        foreach (var refused in new[] { Upgrade("/ws?token=", player.Token), Upgrade("/signalr?access_token=", player.Token), Negotiation(player.Token) })
        {
            using (refused)
            using (var answer = await server.Http.SendAsync(refused))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.Equal("The server is shutting down.\n", await answer.Content.ReadAsStringAsync());
            }
        }

        async Task<HttpStatusCode> StatusAsync(string path)
        {
            using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative));
            return answer.StatusCode;
        }
    }

    private static HttpRequestMessage Upgrade(string path, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path + token);
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        return request;
    }

    private static HttpRequestMessage Negotiation(string token) => new(HttpMethod.Post, "/signalr/negotiate?negotiateVersion=1&access_token=" + token);

    private static async Task<TcpClient> ConnectAsync(int port, string text = "")
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        if (text.Length > 0) await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        return client;
    }

    /// <summary>A socket whose client reads nothing and never answers a close frame.</summary>
    private static async Task<TcpClient> UpgradeAsync(int port, string token)
    {
        var client = await ConnectAsync(
            port,
            $"GET /ws?token={token}&format=json HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        var answer = new byte[1024];
        var length = await client.GetStream().ReadAsync(answer);
        Assert.StartsWith("HTTP/1.1 101", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        return client;
    }

    private static async Task ComeAgainAsync(int port, string token, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                using var client = await UpgradeAsync(port, token);
                // Until the node closes it.
                while (await client.GetStream().ReadAsync(new byte[1024], cancellationToken) > 0)
                {
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or Xunit.Sdk.XunitException)
            {
                // A pause, so that the clients leave processor time for the node's shutdown.
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }
}
