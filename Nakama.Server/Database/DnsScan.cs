using System.Net;
using System.Net.Sockets;
using Nakama.Server.Lifecycle;
using Npgsql;

namespace Nakama.Server.Database;

/// <summary>
/// Resolves the database's host again every <c>database.dns_scan_interval_sec</c> seconds, and clears the pool when its
/// addresses have changed. A failed look-up changes nothing; a late run is skipped.
/// </summary>
internal sealed class DnsScan(NpgsqlDataSource database, DatabaseOptions options, LoopContext context, ILogger<DnsScan> log)
    : PeriodicLoop(context, TimeSpan.FromSeconds(options.DnsScanIntervalSec), beginsAtOnce: true)
{
    private readonly string[] _hosts =
        DatabaseConnection.Parse(options).Host is { Length: > 0 } host ? [.. host.Split(',').Where(IsName)] : [];

    private string _known = "";

    /// <summary>Resolves a host to addresses; tests replace it.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> LookUp { get; init; } = Dns.GetHostAddressesAsync;

    protected override async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        if (_hosts.Length > 0) await ScanAsync(_hosts, cancellationToken);
    }

    /// <summary>Runs one scan; the first only records the addresses.</summary>
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
