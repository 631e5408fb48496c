namespace Nakama.Enet;

/// <summary>The timeouts of a connection, in milliseconds.</summary>
/// <param name="HandshakeMs">For the client's answer to the verification.</param>
/// <param name="LoginMs">For the client's token.</param>
/// <param name="SilenceMs">For any datagram from the client.</param>
/// <param name="PingMs">Without any datagram before a ping is sent.</param>
/// <param name="CloseMs">For the disconnect to be acknowledged.</param>
internal sealed record PeerTimes(long HandshakeMs, long LoginMs, long SilenceMs, long PingMs, long CloseMs);
