using System.Net;
using System.Net.Sockets;

namespace Nakama.Server.Cluster.Joining;

/// <summary>Finds the addresses at which there may be other nodes, as <c>cluster.join</c> says.</summary>
internal sealed class NodeDiscovery(ClusterOptions options, ILogger<NodeDiscovery> logger)
{
    private const int MaxAddresses = 1024;

    private readonly JoinAddress[] _places = [.. options.Join.Select(static entry => JoinAddress.TryParse(entry, out var address) ? address : throw new FormatException(entry))];

    /// <summary>Whether other nodes are found in the database.</summary>
    public bool UsesDatabase => _places.Length == 0;

    public async Task<IReadOnlyList<string>> FindAsync(int ownPort, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var place in _places)
        {
            var port = place.Port > 0 ? place.Port : ownPort;
            try
            {
                foreach (var host in await FindAsync(place, cancellationToken)) found.Add(NodeAddress.Format(host, port));
            }
            catch (Exception e) when (e is SocketException or IOException or HttpRequestException or InvalidOperationException or TimeoutException)
            {
                JoiningLog.NotFound(logger, place.Name, e.Message);
            }
        }

        return [.. found.Take(MaxAddresses)];
    }

    private static async Task<IEnumerable<string>> FindAsync(JoinAddress place, CancellationToken cancellationToken) => place.Kind switch
    {
        JoinKind.Address => [place.Name],
        JoinKind.Dns => (await Dns.GetHostAddressesAsync(place.Name, cancellationToken)).Select(static address => address.ToString()),
        // In a method of its own, so that nothing of it is loaded where it is not used.
        _ => await KubernetesPods.FindAsync(place.Name, cancellationToken),
    };
}
