namespace Nakama.Server.Cluster;

/// <summary>
/// Knows which other nodes there are and carries frames to them. A node that runs alone has none. Frames from one node to
/// another arrive in the order in which they were sent, or not at all.
/// </summary>
public interface INodeTransport
{
    /// <summary>Joins the others. From then on the listener is told of them; it must not block.</summary>
    void Start(INodeListener listener);

    /// <summary>Queues a frame and returns at once; false when the node is not a member or its queue is full.</summary>
    /// <param name="node">The name of the node.</param>
    /// <param name="frame">Must not change afterwards.</param>
    bool TrySend(string node, byte[] frame);

    /// <summary>How many frames wait for a node; 0 when it is not a member.</summary>
    int QueueLength(string node);
}

/// <summary>Told of the other nodes and of what they send. Frames of one node come one after the other.</summary>
public interface INodeListener
{
    void OnJoined(string node);

    /// <param name="node">The name of the sender.</param>
    /// <param name="frame">Stays as it is for as long as it is used.</param>
    void OnFrame(string node, ReadOnlyMemory<byte> frame);

    void OnLeft(string node);
}
