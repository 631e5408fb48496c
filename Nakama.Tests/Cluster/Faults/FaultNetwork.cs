using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Cluster.Faults;

/// <summary>
/// A network namespace for each node and a bridge between them, so that packets between any two of them can get lost or wait. The bridge
/// has two addresses of this machine: clients come from the first, the database is at the second. The networks are of the range for
/// tests of devices (RFC 2544), and their names say which; what a killed run has left behind is removed by the next one.
/// </summary>
internal sealed class FaultNetwork : IAsyncDisposable
{
    private const string Prefix = "nakama-";
    private const int Networks = 512;
    private const int FirstNode = 10;
    private const int Attempts = 20;

    /// <summary>No device has this hardware address, so packets to it vanish.</summary>
    private const string Nowhere = "02:00:00:00:00:01";

    private readonly int _network;
    private readonly int _nodes;

    private FaultNetwork(int network, int nodes) => (_network, _nodes) = (network, nodes);

    /// <summary>The address at which the database has to listen.</summary>
    public string DatabaseAddress => Address(2);

    private string Bridge => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{18 + (_network >> 8)}-{_network & 255}");

    /// <summary>Makes the network with namespaces for nodes 1 to <paramref name="nodes"/>.</summary>
    public static async Task<FaultNetwork> CreateAsync(int nodes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            throw new InvalidOperationException("Tests with networks that are cut need Linux and root. Others leave them out: --filter FullyQualifiedName!~Cluster.Faults");
        await RemoveLeftoversAsync();
        for (var attempt = 1; ; attempt++)
        {
            var network = new FaultNetwork(Random.Shared.Next(Networks), nodes);
            if (network.IsInUse()) continue;
            try
            {
                // Fails if another run has it.
                await RunAsync("ip", "link", "add", network.Bridge, "type", "bridge");
            }
            catch (InvalidOperationException e) when (attempt < Attempts && e.Message.Contains("File exists", StringComparison.Ordinal))
            {
                continue;
            }

            try
            {
                await network.BuildAsync();
                return network;
            }
            catch
            {
                await network.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Where a node runs.</summary>
    public ProcessPlace PlaceOf(int node) => new(Address(FirstNode + node), "ip", "netns", "exec", NamespaceOf(node));

    /// <summary>From now on packets between two nodes vanish.</summary>
    public async Task CutAsync(int one, int other)
    {
        await CutAsync(one, Address(FirstNode + other));
        await CutAsync(other, Address(FirstNode + one));
    }

    /// <summary>From now on packets from a node to the database vanish.</summary>
    public Task CutFromDatabaseAsync(int node) => CutAsync(node, DatabaseAddress);

    /// <summary>From now on a node sends and receives only so much; packets queue, and more than half a second of them vanish.</summary>
    public async Task SlowAsync(int node, int kilobitsPerSecond)
    {
        string[] limit = ["root", "tbf", "rate", string.Create(CultureInfo.InvariantCulture, $"{kilobitsPerSecond}kbit"), "burst", "4kb", "latency", "500ms"];
        await RunAsync("tc", ["-n", NamespaceOf(node), "qdisc", "replace", "dev", "eth0", .. limit]);
        await RunAsync("tc", ["qdisc", "replace", "dev", PortOf(node), .. limit]);
    }

    /// <summary>Repairs everything.</summary>
    public async Task HealAsync()
    {
        foreach (var node in Enumerable.Range(1, _nodes))
        {
            await RunAsync("ip", "-n", NamespaceOf(node), "neigh", "flush", "dev", "eth0", "nud", "permanent");
            if ((await RunAsync("tc", "qdisc", "show", "dev", PortOf(node))).Contains("tbf", StringComparison.Ordinal))
            {
                await RunAsync("tc", "-n", NamespaceOf(node), "qdisc", "del", "dev", "eth0", "root");
                await RunAsync("tc", "qdisc", "del", "dev", PortOf(node), "root");
            }
        }
    }

    public ValueTask DisposeAsync() => new(RemoveAsync(Bridge));

    private static async Task RemoveLeftoversAsync()
    {
        foreach (var bridge in NetworkInterface.GetAllNetworkInterfaces().Select(static device => device.Name))
        {
            // Ports are named after their bridge, and have no alias.
            if (!bridge.StartsWith(Prefix, StringComparison.Ordinal)) continue;
            var alias = $"/sys/class/net/{bridge}/ifalias";
            if (!File.Exists(alias) || !int.TryParse(await File.ReadAllTextAsync(alias), CultureInfo.InvariantCulture, out var owner)) continue;
            if (!Directory.Exists($"/proc/{owner}")) await RemoveAsync(bridge);
        }
    }

    private static async Task RemoveAsync(string bridge)
    {
        var namespaces = await RunAsync("ip", "netns", "list");
        foreach (var line in namespaces.Split('\n'))
        {
            // Each line is a name, and perhaps its number.
            var name = line.Split(' ')[0];
            if (!name.StartsWith(bridge + "-", StringComparison.Ordinal)) continue;
            // One end of a pair takes the other one with it, at once; a namespace that is in use ends later.
            if (Directory.Exists($"/sys/class/net/{name}")) await RunAsync("ip", "link", "del", name);
            await RunAsync("ip", "netns", "del", name);
        }

        await RunAsync("ip", "link", "del", bridge);
    }

    private async Task BuildAsync()
    {
        await RunAsync("ip", "link", "set", Bridge, "alias", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        await RunAsync("ip", "addr", "add", Address(1) + "/24", "dev", Bridge);
        await RunAsync("ip", "addr", "add", DatabaseAddress + "/24", "dev", Bridge);
        await RunAsync("ip", "link", "set", Bridge, "up");
        foreach (var node in Enumerable.Range(1, _nodes))
        {
            var name = NamespaceOf(node);
            await RunAsync("ip", "netns", "add", name);
            await RunAsync("ip", "link", "add", PortOf(node), "type", "veth", "peer", "name", "eth0", "netns", name);
            await RunAsync("ip", "link", "set", PortOf(node), "master", Bridge, "up");
            await RunAsync("ip", "-n", name, "addr", "add", Address(FirstNode + node) + "/24", "dev", "eth0");
            await RunAsync("ip", "-n", name, "link", "set", "eth0", "up");
            await RunAsync("ip", "-n", name, "link", "set", "lo", "up");
        }
    }

    private async Task CutAsync(int node, string address) =>
        await RunAsync("ip", "-n", NamespaceOf(node), "neigh", "replace", address, "lladdr", Nowhere, "nud", "permanent", "dev", "eth0");

    private bool IsInUse() => NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(static device => device.GetIPProperties().UnicastAddresses)
        .Any(address => address.Address.ToString().StartsWith(Address(0)[..^1], StringComparison.Ordinal));

    private string Address(int host) => string.Create(CultureInfo.InvariantCulture, $"198.{18 + (_network >> 8)}.{_network & 255}.{host}");

    /// <summary>The namespace of a node has the name of its port at the bridge.</summary>
    private string NamespaceOf(int node) => PortOf(node);

    private string PortOf(int node) => string.Create(CultureInfo.InvariantCulture, $"{Bridge}-{node}");

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode == 0) return await output;
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{program} is missing; it is in the package iproute2, which eng/test.sh installs.", e);
        }
    }
}
