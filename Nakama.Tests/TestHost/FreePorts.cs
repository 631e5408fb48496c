using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Nakama.Tests.TestHost;

/// <summary>Ports of the loopback address that are free and that no other test of this run has allocated.</summary>
public static class FreePorts
{
    // Below the ranges of app hosts under test and of the operating system's outgoing connections, without the well-known ports.
    private const int First = 4_000;
    private const int Last = 15_000;
    private const int FirstWellKnown = 7_000;
    private const int LastWellKnown = 8_000;

    // Browsers and Node refuse to connect to these (https://fetch.spec.whatwg.org/#port-blocking).
    private static readonly int[] Blocked = [4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080];

    private static readonly ConcurrentDictionary<int, bool> Given = [];

    public static int One() => WithNeighbour(0);

    /// <summary>A free port whose neighbour this many numbers below is free too.</summary>
    public static int WithNeighbour(int below)
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (port is >= FirstWellKnown and < LastWellKnown || !Take(port)) continue;
            if (below == 0 || Take(port - below)) return port;
        }
    }

    private static bool Take(int port) => !Blocked.Contains(port) && Given.TryAdd(port, true) && IsFree(port);

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
