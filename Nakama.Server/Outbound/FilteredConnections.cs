using System.Net;
using System.Net.Sockets;

namespace Nakama.Server.Outbound;

/// <summary>
/// Opens the connections of an HTTP client to all but denied addresses. The address is checked when the connection is
/// opened, after the name was resolved, so that neither a name, a redirect nor another notation bypasses the list.
/// </summary>
public sealed class FilteredConnections(AddressList denied)
{
    /// <summary>To be used as <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="DeniedAddressException">All addresses of the host are denied.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var end = context.DnsEndPoint;
        // The resolver rejects unspecified addresses, which sockets accept.
        IPAddress[] found = IPAddress.TryParse(end.Host, out var address) ? [address] : await Dns.GetHostAddressesAsync(end.Host, cancellationToken);
        var allowed = Array.FindAll(found, one => !denied.Contains(one));
        if (allowed.Length == 0 && found.Length > 0) throw new DeniedAddressException(end.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, end.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
