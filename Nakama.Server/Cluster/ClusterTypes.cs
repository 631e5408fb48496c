namespace Nakama.Server.Cluster;

/// <summary>
/// A node as this node numbers it, see <see cref="NodeDirectory"/>. The number means nothing to other nodes, which are told names.
/// </summary>
/// <param name="Index">0 is this node itself.</param>
public readonly record struct NodeId(ushort Index)
{
    public static NodeId Local => default;

    public bool IsLocal => Index == 0;
}

/// <summary>The address of a session, on whatever node it is connected to.</summary>
/// <param name="Node">The node that the session is connected to.</param>
/// <param name="SessionId">Unique in the cluster.</param>
/// <param name="UserId">Whose session it is.</param>
public readonly record struct PresenceId(NodeId Node, Guid SessionId, Guid UserId);
