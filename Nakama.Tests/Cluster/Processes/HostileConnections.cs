using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Cluster.Processes;

/// <summary>What strangers may send to the port for nodes.</summary>
[Collection(nameof(Alone))]
public sealed class HostileConnections
{
    private const int ConnectionsOfEachKind = 20;

    [Fact]
    public async Task Random_bytes_and_silent_connections_are_closed_and_logged_once_and_the_cluster_stays_whole()
    {
        await using var cluster = await ProcessCluster.StartAsync(2);
        var port = PortOf(cluster[1]);
        var seed = Environment.TickCount;
        var random = new Random(seed);

        await Task.WhenAll(Enumerable.Range(0, ConnectionsOfEachKind).Select(number => number % 4).SelectMany(kind => (Task[])
        [
            SendAsync(port, Bytes(random)), SendAsync(port, []), SendAsync(port, "GET / HTTP/1.1\r\n\r\n"u8.ToArray()),
            SendAsync(port, [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Bytes(random)]),
        ]));

        var rejections = cluster[1].Output.Split('\n').Count(static line => line.Contains("to the port for nodes were rejected", StringComparison.Ordinal));
        Assert.True(rejections is 1 or 2, $"{rejections} lines, seed {seed}");
        Assert.DoesNotContain("\"level\":\"error\"", cluster[1].Output, StringComparison.Ordinal);
        await cluster.WholeAsync();
    }

    private static int PortOf(ServerProcess node)
    {
        var line = node.Output.Split('\n').Single(static line => line.Contains("Member of the cluster", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(line);
        return int.Parse(json.RootElement.GetProperty("address").GetString()!.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(Random random)
    {
        lock (random)
        {
            var bytes = new byte[random.Next(1, 4096)];
            random.NextBytes(bytes);
            return bytes;
        }
    }

    /// <summary>Sends something and waits until the node closes the connection.</summary>
    private static async Task SendAsync(int port, byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        using var limit = new CancellationTokenSource(TestSocket.Patience);
        try
        {
            if (bytes.Length > 0) await client.GetStream().WriteAsync(bytes, limit.Token);
            while (await client.GetStream().ReadAsync(new byte[1024], limit.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Closed with a reset.
        }
    }
}
