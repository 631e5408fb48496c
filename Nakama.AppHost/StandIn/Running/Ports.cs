using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Running;

/// <summary>Gives endpoints their ports.</summary>
internal static class Ports
{
    // Below the range from which systems take the ports of outgoing connections.
    private const int First = 20_000;
    private const int Last = 30_000;

    /// <summary>Declared ports as declared; under test all of them elsewhere.</summary>
    public static void Assign(IEnumerable<Resource> resources, bool elsewhere)
    {
        foreach (var resource in resources)
        {
            var declared = resource.Endpoints.Where(endpoint => endpoint.DeclaredPort is not null).ToList();
            var shift = elsewhere && declared.Count > 0 ? FreeShift(declared.ConvertAll(endpoint => endpoint.DeclaredPort!.Value)) : 0;
            foreach (var endpoint in resource.Endpoints) endpoint.Port = endpoint.DeclaredPort + shift ?? Free();
        }
    }

    public static int Free()
    {
        int port;
        do port = Random.Shared.Next(First, Last);
        while (!IsFree(port));
        return port;
    }

    /// <exception cref="HouseException">Another program listens there.</exception>
    public static void MustBeFree(int port, string resource)
    {
        if (!IsFree(port)) throw new HouseException($"Port {port} is taken by another program; {resource} needs it.");
    }

    /// <summary>One distance for all ports of a resource, because a process may compute one of them from another.</summary>
    private static int FreeShift(List<int> declared)
    {
        int shift;
        do shift = Random.Shared.Next(First - declared.Min(), Last - declared.Max());
        while (!declared.TrueForAll(port => IsFree(port + shift)));
        return shift;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
