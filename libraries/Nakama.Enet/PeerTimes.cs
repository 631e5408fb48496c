namespace Nakama.Enet;

/// <summary>How long a connection waits for what, in milliseconds.</summary>
/// <param name="HandshakeMs">For the client to answer the verification.</param>
/// <param name="LoginMs">For the client to show its token.</param>
/// <param name="SilenceMs">For any sign of life.</param>
/// <param name="PingMs">Before it asks for one.</param>
/// <param name="CloseMs">For the end to be agreed upon.</param>
internal sealed record PeerTimes(long HandshakeMs, long LoginMs, long SilenceMs, long PingMs, long CloseMs);
