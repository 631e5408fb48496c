using System.Net;

namespace Nakama.Enet;

/// <summary>Sends datagrams without waiting; a datagram that cannot be sent immediately is lost.</summary>
internal interface IDatagramSender
{
    void Send(ReadOnlySpan<byte> datagram, SocketAddress to);
}
