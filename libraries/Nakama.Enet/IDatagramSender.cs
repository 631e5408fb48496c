using System.Net;

namespace Nakama.Enet;

/// <summary>Sends datagrams without waiting; one that cannot be sent now is lost, as any may be.</summary>
internal interface IDatagramSender
{
    void Send(ReadOnlySpan<byte> datagram, SocketAddress to);
}
