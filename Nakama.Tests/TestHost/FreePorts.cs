using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Nakama.Tests.TestHost;

/// <summary>Ports of the loopback that nobody listens on and that no other test of this run was given.</summary>
public static class FreePorts
{
    // Below the range from which the app host takes its ports under test, and systems those of outgoing connections.
    private const int First = 10_000;
    private const int Last = 20_000;

    private static readonly ConcurrentDictionary<int, bool> Given = [];

    public static int One() => WithNeighbour(0);

    /// <summary>A free port whose neighbour so many numbers below is free too.</summary>
    public static int WithNeighbour(int below)
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (!Take(port)) continue;
            if (below == 0 || Take(port - below)) return port;
        }
    }

    private static bool Take(int port) => Given.TryAdd(port, true) && IsFree(port);

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Any, port) { ExclusiveAddressUse = true };
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
