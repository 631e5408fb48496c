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
