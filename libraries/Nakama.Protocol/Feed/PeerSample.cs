namespace Nakama.Protocol.Feed;

/// <summary>Another node of the cluster, as one node is connected to it.</summary>
/// <param name="Name">The name of the other node.</param>
/// <param name="IsConnected">Whether there is a connection for messages.</param>
/// <param name="QueuedMessages">How many messages wait to be sent to it.</param>
public sealed record PeerSample(string Name, bool IsConnected, int QueuedMessages);
