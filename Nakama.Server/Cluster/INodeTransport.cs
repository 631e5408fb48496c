namespace Nakama.Server.Cluster;

/// <summary>
/// Knows the other nodes and carries frames to them. A node that runs alone has no transport. Frames from one node to
/// another arrive in the order in which they were sent, or not at all.
/// </summary>
public interface INodeTransport
{
    /// <summary>Joins the cluster. From then on the listener is notified of the other nodes; it must not block.</summary>
    void Start(INodeListener listener);

    /// <summary>Queues a frame and returns at once; false when the node is not a member or its queue is full.</summary>
    /// <param name="node">The name of the node.</param>
    /// <param name="frame">Must not change afterwards.</param>
    /// <param name="isDroppable">
    /// Whether its loss does no harm. The loss of another one makes the connection begin anew, see <see cref="INodeListener.OnReset"/>.
    /// </param>
    bool TrySend(string node, byte[] frame, bool isDroppable);

    /// <summary>How many frames wait for a node; 0 when it is not a member.</summary>
    int QueueLength(string node);

    /// <summary>Whether there is a connection to a node; while there is none, frames wait.</summary>
    bool IsConnected(string node);
}

/// <summary>
/// Notified of the other nodes and of the frames that they send. Frames of one node arrive one after the other.
/// </summary>
public interface INodeListener
{
    void OnJoined(string node);

    /// <param name="node">The name of the sender.</param>
    /// <param name="frame">Only valid during the call.</param>
    void OnFrame(string node, ReadOnlyMemory<byte> frame);

    /// <summary>Frames in either direction may have been lost; those that follow come after this call.</summary>
    void OnReset(string node);

    void OnLeft(string node);
}
