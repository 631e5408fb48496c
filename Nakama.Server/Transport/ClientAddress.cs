using System.Globalization;
using System.Net;
using Nakama.Server.Security;

namespace Nakama.Server.Transport;

/// <summary>The address of a client, as far as it is known.</summary>
/// <param name="Address">Null when not known.</param>
/// <param name="Port">0 when not known: the port is only visible when the client connects without a proxy.</param>
/// <param name="ToldBy">The peer that reported the address if it is not trusted; null when the address is certain.</param>
public readonly record struct ClientAddress(IPAddress? Address, int Port, IPAddress? ToldBy)
{
    /// <summary>As text, empty when not known.</summary>
    public string Ip => Address?.ToString() ?? "";

    /// <summary>As text, empty when not known.</summary>
    public string PortText => Port == 0 ? "" : Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>The key that limits on addresses count by; null when the client is exempt from them.</summary>
    public NetworkKey? Network => ToldBy is not null ? null : Address is null ? default(NetworkKey) : NetworkKey.Of(Address);
}
