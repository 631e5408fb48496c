using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Faults;

/// <summary>More idle connections than the process has file descriptors for.</summary>
public sealed partial class SilentConnections
{
    private const int MaxDescriptors = 1024;
    private const int Connections = 1200;

    /// <summary>Fewer than the number that may be closing at once, so that each checked client can connect.</summary>
    private const int BetweenChecks = 100;

    [Fact]
    public async Task They_shut_nobody_out_and_the_log_tells_of_them_once()
    {
        var postgres = await Postgres.ServerAsync();
        var database = await Postgres.CreateDatabaseAsync();
        var metrics = FreePorts.One();
        string[] flags = ["--metrics.prometheus_port", metrics.ToString(CultureInfo.InvariantCulture)];
        await using (var server = await ServerProcess.StartAsync(postgres.Address(database), [], flags, MaxDescriptors))
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
                    if (i % BetweenChecks != 0) continue;
                    await RoomIsMadeAsync(server, metrics, silent);
                    await CheckAsync(server, witness);
                }

                await RoomIsMadeAsync(server, metrics, silent);
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
    /// Connections that were closed in favour of new ones have ended on both sides, so that they do not count any more.
    /// </summary>
    private static async Task RoomIsMadeAsync(ServerProcess server, int metrics, List<TcpClient> silent)
    {
        if (Limit().Match(server.Output) is not { Success: true } limit) return;
        var max = int.Parse(limit.Groups[1].Value, CultureInfo.InvariantCulture);
        await SocketNode.UntilAsync(() => silent.Count(IsOpen) <= max);
        using var http = new HttpClient();
        await SocketNode.UntilAsync(async () => await CountAsync(http, metrics) <= max);

        static bool IsOpen(TcpClient client) => !client.Client.Poll(0, SelectMode.SelectRead);
    }

    /// <summary>How many connections the server has; as many as there can be when it has no room for the question.</summary>
    private static async Task<int> CountAsync(HttpClient http, int metrics)
    {
        try
        {
            var text = await http.GetStringAsync(new Uri($"http://127.0.0.1:{metrics}/metrics"));
            return int.Parse(Gauge().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException)
        {
            return int.MaxValue;
        }
    }

    /// <summary>A new client is served, and so is one that was connected before.</summary>
    private static async Task CheckAsync(ServerProcess server, TestSocket witness)
    {
        using var http = new HttpClient();
        using var health = await http.GetAsync(new Uri($"http://127.0.0.1:{server.Port}/healthcheck"));
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);

        await using var newcomer = await SignInAsync(server);
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

    [GeneratedRegex("As many connections are open[^\n]*\"connections\":(\\d+)")]
    private static partial Regex Limit();

    [GeneratedRegex("\nnakama_connections\\{[^}]*\\} (\\d+)")]
    private static partial Regex Gauge();
}
