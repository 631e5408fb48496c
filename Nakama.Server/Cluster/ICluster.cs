namespace Nakama.Server.Cluster;

/// <summary>A node of the cluster.</summary>
/// <param name="Name">Unique in the cluster.</param>
/// <param name="Address">Where other nodes reach it, as <c>host:port</c>.</param>
/// <param name="Incarnation">Increases with every start under the name.</param>
public sealed record ClusterMember(string Name, string Address, long Incarnation);

/// <summary>Notified of the other members, by one call at a time.</summary>
internal interface IMemberListener
{
    void OnUp(ClusterMember member);

    /// <summary>The member has left, or the others have removed it because it does not answer.</summary>
    void OnRemoved(ClusterMember member);

    /// <summary>Whether a member answers, as far as the cluster knows; one that does not is removed a little later.</summary>
    void OnReachable(ClusterMember member, bool isReachable);

    /// <summary>This node was removed: the others do not reach it, or it is on the smaller side of a cut.</summary>
    void OnLost();
}

/// <summary>The membership: who is here. The only place that knows the engine behind it.</summary>
internal interface ICluster : IAsyncDisposable
{
    /// <summary>Starts to answer other nodes, without being a member yet.</summary>
    Task StartAsync(ClusterMember self, IMemberListener listener, CancellationToken cancellationToken);

    /// <summary>Joins the cluster of one of some nodes; false when it has not happened in time.</summary>
    /// <param name="addresses">The nodes; only this node's own address makes a cluster of this node alone.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task<bool> JoinAsync(IReadOnlyList<string> addresses, CancellationToken cancellationToken);

    /// <summary>Leaves, so that the others need not find out.</summary>
    Task LeaveAsync(CancellationToken cancellationToken);
}
