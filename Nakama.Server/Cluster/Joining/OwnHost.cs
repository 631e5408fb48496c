using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Nakama.Server.Cluster.Joining;

/// <summary>The host name or address by which other nodes reach this one.</summary>
internal static class OwnHost
{
    private const int AnyPort = 5432;

    /// <summary>The configured one, or the address from which this machine reaches the database, which all nodes reach.</summary>
    public static async Task<string> FindAsync(ClusterOptions options, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        if (options.Host.Length > 0) return options.Host;
        var host = new NpgsqlConnectionStringBuilder(database.ConnectionString).Host ?? "";
        // The first of several; a path is a socket of this machine.
        host = host.Split(',')[0];
        if (host.Length == 0 || host[0] is '/' or '@') return IPAddress.Loopback.ToString();
        if (host.StartsWith('[') || host.Count(static letter => letter == ':') == 1) host = NodeAddress.Parse(host).Host;
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        // Connecting a datagram socket sends nothing; the system only chooses the address it would send from.
        using var socket = new Socket(addresses[0].AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(new IPEndPoint(addresses[0], AnyPort), cancellationToken);
        var local = ((IPEndPoint)socket.LocalEndPoint!).Address;
        return IPAddress.IsLoopback(local) ? IPAddress.Loopback.ToString() : local.ToString();
    }

    public static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
