using System.Globalization;
using System.Net;
using Nakama.Server.Security;

namespace Nakama.Server.Transport;

/// <summary>Where a client is.</summary>
/// <param name="Address">Null when not known.</param>
/// <param name="Port">0 when not known: only a client without proxies shows its port.</param>
/// <param name="ToldBy">The peer whose word the address is, when nobody vouches for that peer; null when the address is certain.</param>
public readonly record struct ClientAddress(IPAddress? Address, int Port, IPAddress? ToldBy)
{
    /// <summary>As text, empty when not known.</summary>
    public string Ip => Address?.ToString() ?? "";

    /// <summary>As text, empty when not known.</summary>
    public string PortText => Port == 0 ? "" : Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>What limits on addresses count; null when the client is left out of them.</summary>
    public NetworkKey? Network => ToldBy is not null ? null : Address is null ? default(NetworkKey) : NetworkKey.Of(Address);
}
