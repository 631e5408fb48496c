using System.Net;
using System.Net.Sockets;
using Nakama.Server.Lifecycle;
using Npgsql;

namespace Nakama.Server.Database;

/// <summary>
/// Looks the database's host up again, every <c>database.dns_scan_interval_sec</c> seconds, and empties the pool when
/// its addresses have changed. A look-up that fails changes nothing; a late round is skipped.
/// </summary>
internal sealed class DnsScan(NpgsqlDataSource database, DatabaseOptions options, LoopContext context, ILogger<DnsScan> log)
    : PeriodicLoop(context, TimeSpan.FromSeconds(options.DnsScanIntervalSec), beginsAtOnce: true)
{
    private readonly string[] _hosts =
        DatabaseConnection.Parse(options).Host is { Length: > 0 } host ? [.. host.Split(',').Where(IsName)] : [];

    private string _known = "";

    /// <summary>How a host becomes addresses; tests answer for themselves.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> LookUp { get; init; } = Dns.GetHostAddressesAsync;

    protected override async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        if (_hosts.Length > 0) await ScanAsync(_hosts, cancellationToken);
    }

    /// <summary>One round; the first only remembers.</summary>
    internal async Task ScanAsync(IReadOnlyList<string> hosts, CancellationToken cancellationToken)
    {
        var addresses = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var host in hosts)
        {
            try
            {
                foreach (var address in await LookUp(host, cancellationToken)) addresses.Add(address.ToString());
            }
            catch (SocketException e)
            {
                DatabaseLog.LookupFailed(log, e, host);
                return;
            }
        }

        var found = string.Join(' ', addresses);
        if (found == _known || found.Length == 0) return;
        if (_known.Length > 0)
        {
            var names = string.Join(',', hosts);
            DatabaseLog.AddressChanged(log, names);
            database.Clear();
        }

        _known = found;
    }

    private static bool IsName(string host) => !host.StartsWith('/') && !IPAddress.TryParse(host, out _);
}
