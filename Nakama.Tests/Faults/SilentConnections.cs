using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Faults;

/// <summary>More idle connections than the process has file descriptors for.</summary>
public sealed class SilentConnections
{
    private const int MaxDescriptors = 1024;
    private const int Connections = 1200;

    private const int BetweenChecks = 100;

    [Fact]
    public async Task They_shut_nobody_out_and_the_log_tells_of_them_once()
    {
        var postgres = await Postgres.ServerAsync();
        var database = await Postgres.CreateDatabaseAsync();
        await using (var server = await ServerProcess.StartAsync(postgres.Address(database), [], [], MaxDescriptors))
        {
            await using var witness = await SignInAsync(server);
            int[] ports = [server.Port, server.Port - 1, server.ConsolePort];
            var silent = new List<TcpClient>();
            try
            {
                for (var i = 0; i < Connections; i++)
                {
                    var client = new TcpClient();
                    silent.Add(client);
                    await client.ConnectAsync(IPAddress.Loopback, ports[i % ports.Length]);
                    if (i % BetweenChecks == 0) await CheckAsync(server, witness);
                }

                await CheckAsync(server, witness);
                Assert.Single(
                    server.Output.Split('\n'), line => line.Contains("As many connections are open", StringComparison.Ordinal));
                Assert.DoesNotContain("\"level\":\"error\"", server.Output, StringComparison.Ordinal);
            }
            finally
            {
                silent.ForEach(client => client.Dispose());
            }
        }

        await Postgres.DropDatabaseAsync(database);
    }

    /// <summary>
    /// A new client is served, and so is one that was connected before. The new one may have to come again, while the places of
    /// closed connections become free.
    /// </summary>
    private static async Task CheckAsync(ServerProcess server, TestSocket witness)
    {
        Exception? last = null;
        try
        {
            await SocketNode.UntilAsync(async () =>
            {
                try
                {
                    using var http = new HttpClient();
                    using var health = await http.GetAsync(new Uri($"http://127.0.0.1:{server.Port}/healthcheck"));
                    Assert.Equal(HttpStatusCode.OK, health.StatusCode);
                    await using var newcomer = await SignInAsync(server);
                    return true;
                }
                catch (Exception e) when (e is HttpRequestException or WebSocketException)
                {
                    last = e;
                    return false;
                }
            });
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Nobody new was served. The server {server.State} and said:\n{server.Output}\n{last}");
        }

        Assert.True((await witness.AskAsync("\"ping\":{}")).TryGetProperty("pong", out _));
    }

    private static async Task<TestSocket> SignInAsync(ServerProcess server)
    {
        var client = new global::Nakama.Client("http", "127.0.0.1", server.Port, "defaultkey");
        var session = await client.AuthenticateDeviceAsync(Unique.Id());
        var socket = await TestSocket.OpenAsync(new Uri($"ws://127.0.0.1:{server.Port}/ws?token={session.AuthToken}&format=json"));
        Assert.True((await socket.AskAsync("\"ping\":{}")).TryGetProperty("pong", out _));
        return socket;
    }
}
