namespace Nakama.Server.Cluster;

/// <summary>
/// A node by its local number, see <see cref="NodeDirectory"/>. The number is local to this process; other nodes are sent names.
/// </summary>
/// <param name="Index">0 is this node.</param>
public readonly record struct NodeId(ushort Index)
{
    public static NodeId Local => default;

    public bool IsLocal => Index == 0;
}

/// <summary>The address of a session, on any node.</summary>
/// <param name="Node">The node that the session is connected to.</param>
/// <param name="SessionId">Unique in the cluster.</param>
/// <param name="UserId">The session's user.</param>
public readonly record struct PresenceId(NodeId Node, Guid SessionId, Guid UserId);
