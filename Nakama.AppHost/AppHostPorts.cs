using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Nakama.AppHost;

/// <summary>
/// The ports of all started programs: the well-known ones, shifted by <c>Ports:Shift</c>, or any free ones where Aspire
/// requests random ports, as in tests.
/// </summary>
internal sealed class AppHostPorts
{
    public const string ShiftSetting = "Ports:Shift";

    public const string NodesSetting = "Nodes";

    private const int MaxNodes = 9;
    private const int NodeDistance = 10;

    private const int FirstGamePort = 7349;
    private const int GamePortCount = 9;
    private const int PostgresPort = 24432;

    // Below the range from which operating systems allocate the ports of outgoing connections.
    private const int FirstRandom = 20_000;
    private const int LastRandom = 30_000;

    private readonly bool _isRandom;
    private readonly int _gamePortsStart;

    public AppHostPorts(IConfiguration configuration)
    {
        Shift = ReadShift(configuration);
        NodeCount = ReadNodes(configuration);
        _isRandom = configuration.GetValue("DcpPublisher:RandomizePorts", false);
        _gamePortsStart = _isRandom ? FreeBlock(GamePortCount + ((NodeCount - 1) * NodeDistance)) : FirstGamePort + Shift;
        Postgres = _isRandom ? FreeBlock(1) : PostgresPort + Shift;
    }

    public int Shift { get; }

    /// <summary>How many nodes of the server are started; several form a cluster.</summary>
    public int NodeCount { get; }

    public int Postgres { get; }

    /// <summary>The port that replaces a well-known one.</summary>
    public int this[int known] => known - FirstGamePort + _gamePortsStart;

    /// <summary>The port of a node that replaces a well-known one.</summary>
    /// <param name="known">The well-known port.</param>
    /// <param name="node">0 for the first node.</param>
    public int this[int known, int node] => this[known] + (node * NodeDistance);

    /// <exception cref="DistributedApplicationException">
    /// Another program listens on one of the ports; it is named in the message.
    /// </exception>
    public void MustBeFree(IEnumerable<(int Port, ProtocolType Protocol, string Use)> needed)
    {
        if (_isRandom) return;
        foreach (var (port, protocol, use) in needed)
        {
            if (IsFree(port, protocol)) continue;
            throw new DistributedApplicationException(
                $"Port {port}{(protocol == ProtocolType.Udp ? "/udp" : "")} ({use}) is taken by another program. Stop that program, or move all ports with --{ShiftSetting}=1000.");
        }
    }

    /// <summary>Shifts the port of an address.</summary>
    public string Moved(string address) => Shift == 0 ? address : string.Join(';', address.Split(';').Select(one =>
    {
        var moved = new UriBuilder(one);
        moved.Port += Shift;
        return moved.Uri.GetLeftPart(UriPartial.Authority);
    }));

    private static int ReadShift(IConfiguration configuration)
    {
        var text = configuration[ShiftSetting];
        if (string.IsNullOrEmpty(text)) return 0;
        return int.TryParse(text, out var shift) && shift is > -7000 and < 40_000
            ? shift
            : throw new DistributedApplicationException($"{ShiftSetting} is a number between -6999 and 39999, not \"{text}\".");
    }

    private static int ReadNodes(IConfiguration configuration)
    {
        var text = configuration[NodesSetting];
        if (string.IsNullOrEmpty(text)) return 1;
        return int.TryParse(text, out var count) && count is >= 1 and <= MaxNodes
            ? count
            : throw new DistributedApplicationException($"The number of nodes is between 1 and {MaxNodes}, not \"{text}\".");
    }

    private static int FreeBlock(int count)
    {
        while (true)
        {
            var start = Random.Shared.Next(FirstRandom, LastRandom - count);
            if (Enumerable.Range(start, count).All(port => IsFree(port, ProtocolType.Tcp) && IsFree(port, ProtocolType.Udp))) return start;
        }
    }

    private static bool IsFree(int port, ProtocolType protocol) =>
        IsFree(IPAddress.Loopback, port, protocol) && (!Socket.OSSupportsIPv6 || IsFree(IPAddress.IPv6Loopback, port, protocol));

    private static bool IsFree(IPAddress address, int port, ProtocolType protocol)
    {
        using var socket = new Socket(address.AddressFamily, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            if (protocol == ProtocolType.Tcp) socket.Listen(1);
            return true;
        }
        catch (SocketException exception)
        {
            // A machine may support IPv6 without having an IPv6 address.
            return exception.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported;
        }
    }
}
